namespace HookRunner.Core.Tests.Language;

/// <summary>Every row of the table of YAML's traps (LANGUAGE section 1).</summary>
public class TrapSpecs
{
    [Theory]
    [InlineData("run: x\nenv: { A: ${release.dir} }", "5:17 between brackets or braces a `${}` needs quotes | write `\"${release.dir}\"`")]
    [InlineData("run: x\npath: [ /a, ${bundle}/bin ]", "5:19 between brackets or braces a `${}` needs quotes | write `\"${bundle}/bin\"`")]
    [InlineData("run: x\nenv: { A: a-${group}-${event}b, B: c }", "5:17 between brackets or braces a `${}` needs quotes | write `\"a-${group}-${event}b\"`")]
    [InlineData("run: x\nonly: { group: [ /^prod-[a-z]{2}$/ ] }", "5:24 a regex needs quotes | write `'/^prod-[a-z]{2}$/'`")]
    [InlineData("run: x\nonly: { group: [*-APP] }", "5:23 `*-APP` is an alias, and no `&-APP` stands before it | text that starts with `*` needs quotes: `\"*-APP\"`")]
    [InlineData("run: echo a #b", "4:12 YAML ends `run` at the ` #`: the rest of the line is a comment | if it belongs to the command, put the command under `run: |`")]
    [InlineData("run: >\n  echo a\n  echo b", "4:12 `run: >` joins its 2 lines into one command | use `run: |`, which keeps them")]
    [InlineData("run: echo a\n  && echo b", "4:12 YAML joins the 2 lines of `run` into one command | use `run: |`, which keeps them")]
    [InlineData("run: !x y", "4:12 YAML drops a word that begins with `!` | put the command under `run: |`")]
    [InlineData("run: [ -f x ] && y", "4:21 `[` begins a YAML list, and the command goes on behind it | put the command under `run: |`")]
    [InlineData("run: {a,b} c", "4:18 `{` begins a YAML mapping, and the command goes on behind it | put the command under `run: |`")]
    [InlineData("run: `date`", "4:12 YAML lets no text begin with a backtick | put the command under `run: |`")]
    [InlineData("run: @x", "4:12 YAML lets no text begin with `@` | put the command under `run: |`")]
    [InlineData("run: %x", "4:12 YAML lets no text begin with `%` | put the command under `run: |`")]
    [InlineData("run: *.sh", "4:12 `*` begins a YAML alias | put the command under `run: |`")]
    [InlineData("run: echo \"a: b\"", "4:19 a colon and a blank inside the command begin a mapping | put the command under `run: |`")]
    [InlineData("run: curl -H A: b", "4:21 a colon and a blank inside the command begin a mapping | put the command under `run: |`")]
    [InlineData("run: \"a b\" && c", "4:18 the command goes on behind the closing quote | put the command under `run: |`")]
    [InlineData("run: \"grep \\d\"", "4:18 `\\d` is no escape in double quotes | put the command under `run: |`")]
    [InlineData("run: |\necho a\necho b", "5:7 this line belongs to the text of `|` above it, and stands too far left | begin it in column 9")]
    [InlineData("run: a\n\tcwd: /x", "5:7 a tab as indentation | YAML takes blanks only")]
    [InlineData("run: | echo a", "4:12 text stands behind `run: |` | it begins on the next line, two columns deeper")]
    [InlineData("service:\n  restart: x\n  validate: nginx -t: y", "6:27 a colon and a blank inside the command begin a mapping | put the command under `validate: |`")]
    [InlineData("run: x\nwhen:\n  run: test -f a # b", "6:14 YAML ends `when.run` at the ` #`: the rest of the line is a comment | if it belongs to the command, put the command under `when.run: |`")]
    [InlineData("http:\nurl: http://x", "5:7 `url` stands beside `http` and belongs under it | begin it in column 9")]
    [InlineData("directory:\npath: /x\nmode: 0750", "5:7 `path` stands beside `directory` and belongs under it | begin it in column 9", "6:7 `mode` stands beside `directory` and belongs under it | begin it in column 9")]
    [InlineData("run: x\nenv:\nA: b", "6:7 `A` stands beside `env` and belongs under it | begin it in column 9")]
    [InlineData("release:stage", "4:7 `release:stage` is one word to YAML, no step | a blank belongs after the colon: `release: stage`")]
    [InlineData("{run:x}", "4:8 `run:x` is no kind of step | a blank belongs after the colon: `run: x`")]
    [InlineData("run: x\nretry: {attempts:3}", "5:15 unknown key `attempts:3` in `retry` | a blank belongs after the colon: `attempts: 3`")]
    [InlineData("directory: { path: /a, mode: u=rw,go=r }", "4:41 unknown key `go=r` in `directory` | between braces a comma begins the next key: a value that holds one needs quotes")]
    [InlineData("run: x\nenv: { FOO: }", "5:19 `env.FOO` is nothing; expected a value | an empty text is written `\"\"`")]
    public void A_trap_of_YAML_is_named_with_the_way_out(string step, params string[] messages) =>
        Reading.Step(step).Should().Equal(messages);

    [Theory]
    [InlineData("run: 'echo a #b'")]
    [InlineData("run: |\n  echo a #b\n  echo 'c: d'")]
    [InlineData("run: >\n  echo a")]
    [InlineData("run: echo a#b")]
    [InlineData("run: |-\n  [ -f x ] && y")]
    [InlineData("run: x\nonly: { group: ['/^prod-[a-z]{2}$/', \"*-APP\"] }")]
    [InlineData("run: x\nenv: { A: \"${release.dir}\", B: \"\" }")]
    public void What_is_written_right_is_no_trap(string step) =>
        Reading.Step(step).Should().BeEmpty();

    [Fact]
    public void All_mistakes_of_a_file_come_together_those_behind_a_syntax_error_too() =>
        Reading.Said(
            """
            version: 1
            environments:
              prod: { groups: [ /^prod-[a-z]{2}$/ ], nope: 1 }
            hooks:
              AfterInstall:
                - run: curl -H "A: b" 'http://x'
                  env: { A: ${bundle} }
                  tmeout: 5s
                  - name: x
                    run: y
              ApplicationStrat: []

            """).Should().Be(
            """
            hookrunner.yml:3:21: error: a regex needs quotes
                  prod: { groups: [ /^prod-[a-z]{2}$/ ], nope: 1 }
                                    ^
                write `'/^prod-[a-z]{2}$/'`
            hookrunner.yml:3:42: error: unknown key `nope` in `environments.prod`
                  prod: { groups: [ /^prod-[a-z]{2}$/ ], nope: 1 }
                                                         ^
                known: groups, default, vars, env, env_file, path, inherit_env, defaults, hooks, on_failure, always
            hookrunner.yml:6:22: error: a colon and a blank inside the command begin a mapping
                    - run: curl -H "A: b" 'http://x'
                                     ^
                put the command under `run: |`
            hookrunner.yml:7:17: error: between brackets or braces a `${}` needs quotes
                      env: { A: ${bundle} }
                                ^
                write `"${bundle}"`
            hookrunner.yml:8:7: error: unknown key `tmeout` in this step
                      tmeout: 5s
                      ^
                did you mean `timeout`?
            hookrunner.yml:9:7: error: this line begins in column 7, beside nothing above it
                      - name: x
                      ^
                an item of the list above begins in column 5
            hookrunner.yml:11:3: error: unknown lifecycle event `ApplicationStrat`
                  ApplicationStrat: []
                  ^
                did you mean `ApplicationStart`?

            """);
}
