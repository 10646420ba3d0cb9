using System.Text;
using HookRunner.Core.Steps;
using HookRunner.Host.Os;
using HookRunner.Host.Tests.Steps;

namespace HookRunner.Host.Tests.Aws;

/// <summary>`config` with the real AWS CLI.</summary>
public sealed class ConfigSpecs : IDisposable
{
    private const string Awkward = "l1 \"q\" 'x' $HOME `id` \\ ü";

    private readonly LocalAws _aws = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _aws.Dispose();
        _folder.Dispose();
    }

    [NeedsFact("aws")]
    public void A_parameter_is_written_as_it_is_and_then_left_alone()
    {
        _aws.Parameters["/shop/key"] = ("SecureString", Awkward + "\nline 2\n");
        var step = $"config: {{ ssm: /shop/key, to: {_folder.At("key")} }}";
        var run = AwsStep.On(_aws);

        run.Do(step).Should().Be(new StepOutcome.Succeeded("made"));
        FileStatus.Of(_folder.At("key"), out var before);
        run.Do(step).Should().Be(new StepOutcome.Succeeded("already so"));
        FileStatus.Of(_folder.At("key"), out var after);

        File.ReadAllText(_folder.At("key")).Should().Be(Awkward + "\nline 2\n");
        _folder.Trait("key").Should().EndWith(" 0600");
        after.IsSameFileAs(before).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().ContainSingle();
        run.Hidden.Should().Contain(Awkward + "\nline 2");
        run.Helpers[0].Should().Contain("--region eu-central-1", "it is the instance's");
    }

    [NeedsFact("aws", "root")]
    public void Owner_and_mode_are_the_ones_written()
    {
        _aws.Parameters["a"] = ("String", "1");
        _folder.Write("f", "0");

        AwsStep.On(_aws).Do($"config: {{ ssm: a, to: {_folder.At("f")}, owner: www-data, mode: 0640 }}").Should().Be(new StepOutcome.Succeeded("changed, owner 0:0 -> 33:33, mode 0644 -> 0640"));

        _folder.Trait("f").Should().Be("33:33 0640");
    }

    [NeedsFact("aws")]
    public void Parameters_below_a_path_come_in_pages_and_become_lines_or_variables()
    {
        _aws.Parameters["/shop/db/password"] = ("SecureString", "pa$$ \"w\"");
        _aws.Parameters["/shop/db/user"] = ("String", "shop");
        _aws.Parameters["/shop/level"] = ("String", "info");
        _aws.Parameters["/shop/hosts"] = ("StringList", "10.0.0.1,10.0.0.2");
        _aws.Parameters["/shop/x/y.z-1"] = ("String", "1");
        _aws.Parameters["/shopping"] = ("String", "another");
        var run = AwsStep.On(_aws);

        run.Do($"config: {{ ssm_path: /shop, to: {_folder.At("env")}, upper: true, map: {{ db/user: PGUSER }} }}").Should().Be(new StepOutcome.Succeeded("made"));
        run.Do("config: { ssm_path: /shop/, upper: true }").Should().Be(new StepOutcome.Succeeded("DB_PASSWORD, DB_USER, HOSTS, LEVEL, X_Y_Z_1"));

        File.ReadAllText(_folder.At("env")).Should().Be("DB_PASSWORD='pa$$ \"w\"'\nPGUSER=shop\nHOSTS=10.0.0.1,10.0.0.2\nLEVEL=info\nX_Y_Z_1=1\n");
        run.Kept.Should().Equal(("DB_PASSWORD", "pa$$ \"w\"", true), ("DB_USER", "shop", false), ("HOSTS", "10.0.0.1,10.0.0.2", true), ("LEVEL", "info", false), ("X_Y_Z_1", "1", false));
        _aws.Calls.Count(call => call == "AmazonSSM.GetParametersByPath").Should().Be(6);
        string.Join(' ', run.Helpers).Should().NotContain("pa$$");
    }

    [NeedsFact("aws")]
    public void A_json_secret_is_a_variable_a_key_and_what_is_nested_stays_json()
    {
        _aws.Secrets["shop/db"] = """{ "user": "shop", "password": "p'a\"s\nü", "port": 5432, "tls": true, "none": null, "more": { "a": [1, 2] } }""";
        var run = AwsStep.On(_aws);

        run.Do("config: { secret: shop/db, map: { user: PGUSER }, upper: true }").Should().BeOfType<StepOutcome.Succeeded>();

        run.Kept.Select(item => $"{item.Name}={item.Value}").Should().Equal("PGUSER=shop", "PASSWORD=p'a\"s\nü", "PORT=5432", "TLS=true", "NONE=", "MORE={ \"a\": [1, 2] }");
        run.Kept.Should().OnlyContain(item => item.IsSecret);
    }

    [NeedsFact("aws")]
    public void A_json_secret_can_stay_as_it_is()
    {
        _aws.Secrets["account"] = """{"key": "value"}""";
        var run = AwsStep.On(_aws);

        run.Do($"config: {{ secret: account, to: {_folder.At("account.json")}, raw: true }}").Should().BeOfType<StepOutcome.Succeeded>();
        run.Do("config: { secret: account, as: ACCOUNT, raw: true }").Should().Be(new StepOutcome.Succeeded("ACCOUNT"));

        File.ReadAllText(_folder.At("account.json")).Should().Be("""{"key": "value"}""");
        run.Kept.Should().Equal(("ACCOUNT", """{"key": "value"}""", true));
        run.Failure("config: { secret: account, as: ACCOUNT }").Hint.Should().Contain("raw: true");
    }

    [NeedsFact("aws")]
    public void A_plain_secret_and_a_binary_one_are_one_value()
    {
        byte[] bytes = [0, 1, 0xFF, 0xFE, 10];
        _aws.Secrets["token"] = "t0ken{\n";
        _aws.Secrets["keystore"] = bytes;
        var run = AwsStep.On(_aws);

        run.Do("config: { secret: token, as: TOKEN }").Should().Be(new StepOutcome.Succeeded("TOKEN"));
        run.Do($"config: {{ secret: keystore, to: {_folder.At("keystore")} }}").Should().Be(new StepOutcome.Succeeded("made"));

        run.Kept.Should().Equal(("TOKEN", "t0ken{", true));
        File.ReadAllBytes(_folder.At("keystore")).Should().Equal(bytes);
        run.Failure("config: { secret: keystore, as: KEYSTORE }").Should().Be(new StepOutcome.Failed("what KEYSTORE shall hold is no text", "write it to a file: `to:`"));
        run.Failure("config: { secret: token }").Should().Be(new StepOutcome.Failed("secret token is no JSON object: it has no keys to name variables after", "name its variable: `as: NAME`"));
    }

    [NeedsFact("aws")]
    public void An_object_of_S3_is_written_byte_for_byte()
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        _aws.Objects["bucket/a b/app.conf"] = bytes;
        _aws.Objects["bucket/empty"] = [];
        _aws.Objects["bucket/words"] = Encoding.UTF8.GetBytes("one line\n");
        var run = AwsStep.On(_aws);

        run.Do($"config: {{ s3: 's3://bucket/a b/app.conf', to: {_folder.At("app.conf")} }}").Should().Be(new StepOutcome.Succeeded("made"));
        run.Do($"config: {{ s3: s3://bucket/empty, to: {_folder.At("empty")} }}").Should().Be(new StepOutcome.Succeeded("made"));
        run.Do("config: { s3: s3://bucket/words, as: WORDS }").Should().Be(new StepOutcome.Succeeded("WORDS"));

        File.ReadAllBytes(_folder.At("app.conf")).Should().Equal(bytes);
        File.ReadAllBytes(_folder.At("empty")).Should().BeEmpty();
        run.Kept.Should().Equal(("WORDS", "one line", true));
    }

    [NeedsFact("aws")]
    public void Names_that_no_variable_can_have_are_shown_with_map()
    {
        _aws.Parameters["/shop/db/password"] = ("SecureString", "x");
        _aws.Parameters["/twins/a-b"] = ("String", "x");
        _aws.Parameters["/twins/a.b"] = ("String", "x");
        _aws.Secrets["ours"] = """{"HOOKRUNNER_EVENT": "x"}""";
        var run = AwsStep.On(_aws);

        run.Failure("config: { ssm_path: /shop }").Should().Be(new StepOutcome.Failed("`db/password` cannot be the name of a variable", "`map: { db/password: NAME }`, or `upper: true` for capitals with `_`"));
        run.Failure("config: { ssm_path: /shop, map: { db/pasword: PW } }").Should().Be(new StepOutcome.Failed("`map` names `db/pasword`, which is not there", "did you mean `db/password`?"));
        run.Failure("config: { ssm_path: /twins, upper: true }").Reason.Should().Be("`a-b` and `a.b` both become the variable A_B");
        run.Failure("config: { secret: ours }").Reason.Should().Contain("hookrunner's own");
        run.Kept.Should().BeEmpty();
    }

    [NeedsFact("aws")]
    public void A_value_of_several_lines_fits_no_line_of_a_file_and_nothing_is_written()
    {
        _aws.Secrets["s"] = """{ "A": "1", "B": "x\ny" }""";

        AwsStep.On(_aws).Failure($"config: {{ secret: s, to: {_folder.At("env")} }}").Should()
            .Be(new StepOutcome.Failed("B has several lines or a NUL byte, which no line of a dotenv file can hold", "read it by a step of its own, to a file or as a variable"));

        Directory.EnumerateFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    [NeedsFact("aws")]
    public void A_secret_that_only_looks_like_json_is_a_plain_one()
    {
        _aws.Secrets["half"] = """{ "a": "\ud800" }""";
        _aws.Secrets["open"] = "{ token";
        var run = AwsStep.On(_aws);

        run.Do("config: { secret: half, as: HALF }").Should().Be(new StepOutcome.Succeeded("HALF"));
        run.Do("config: { secret: open, as: OPEN }").Should().Be(new StepOutcome.Succeeded("OPEN"));

        run.Kept.Select(item => item.Value).Should().Equal("""{ "a": "\ud800" }""", "{ token");
    }

    [NeedsFact("aws")]
    public void A_path_with_nothing_below_it_and_a_secret_without_keys_are_failures()
    {
        _aws.Secrets["none"] = "{}";

        AwsStep.On(_aws).Failure("config: { ssm_path: /shop }").Reason.Should().Be("there are no SSM parameters below /shop");
        AwsStep.On(_aws).Failure("config: { secret: none }").Reason.Should().Be("there are no keys in secret none");
    }

    [NeedsFact("aws")]
    public void A_name_that_is_an_ARN_says_its_region()
    {
        const string arn = "arn:aws:ssm:us-west-2:123456789012:parameter/shop/a";
        _aws.Parameters[arn] = ("String", "1");
        var run = AwsStep.On(_aws);

        run.Do($"config: {{ ssm: '{arn}', as: A }}").Should().Be(new StepOutcome.Succeeded("A"));

        run.Helpers.Should().ContainSingle().Which.Should().Contain("--region us-west-2");
    }

    [Theory]
    [InlineData("config: { ssm: /a, s3: s3://b/c, to: /x }", "1:9 `config` has ssm and s3; expected one of them (make a step of each)")]
    [InlineData("config: { to: /x }", "1:9 `config` needs one of `ssm`, `ssm_path`, `secret` and `s3`")]
    [InlineData("config: { ssm: /a }", "1:16 `ssm` needs `to`, a file, or `as`, a variable")]
    [InlineData("config: { ssm: /a, to: /x, as: X }", "1:32 `config` has `to` and `as`; expected a file or a variable (make a step of each)")]
    [InlineData("config: { ssm: a/b, as: X }", "1:16 `ssm` is `a/b`; a name with `/` in it starts with one (write `/a/b`)")]
    [InlineData("config: { ssm: 'file:///etc/shadow', as: X }", "1:16 `ssm` is `file:///etc/shadow`; that is no such name (letters, digits and `/_.-`)")]
    [InlineData("config: { secret: --version, as: X }", "1:19 `secret` is `--version`; expected a name")]
    [InlineData("config: { secret: 'https://x', as: X }", "1:19 `secret` is `https://x`; that is no such name (letters, digits and `/_+=.@-`)")]
    [InlineData("config: { ssm_path: shop, upper: true }", "1:21 `ssm_path` is `shop`; a path starts with `/`")]
    [InlineData("config: { ssm_path: /shop, as: X }", "1:32 `as` names one variable, and `ssm_path` reads many (their names come from `map` and `upper`)")]
    [InlineData("config: { s3: bucket/key, to: /x }", "1:15 `s3` is `bucket/key`; expected `s3://BUCKET/KEY`, one object")]
    [InlineData("config: { s3: s3://bucket/dir/, to: /x }", "1:15 `s3` is `s3://bucket/dir/`; expected `s3://BUCKET/KEY`, one object")]
    [InlineData("config: { ssm: a, as: a-b }", "1:23 `as` says `a-b`; expected the name of a variable (letters, digits and `_`, not beginning with a digit or with HOOKRUNNER)")]
    [InlineData("config: { secret: a, map: { x: HOOKRUNNER_X } }", "1:32 `map` says `HOOKRUNNER_X`; expected the name of a variable (letters, digits and `_`, not beginning with a digit or with HOOKRUNNER)")]
    [InlineData("config: { secret: a, map: { x: X, y: X } }", "1:38 `map` gives the name X twice, the second time to `y`")]
    [InlineData("config: { ssm: a, to: /x, upper: true }", "1:34 `upper` does not go with `ssm`, which is one value (its variable is `as:`)")]
    [InlineData("config: { secret: a, mode: 0600 }", "1:28 `mode` belongs to a file: `to`")]
    [InlineData("config: { secret: a, raw: true }", "1:27 `raw` needs `to`, a file, or `as`, a variable")]
    [InlineData("config: { ssm: a, to: x }", "1:23 `to` is `x`; expected an absolute path (start it with `/` or with a variable such as `${release.dir}`)")]
    public void Nonsense_is_refused_where_it_stands(string step, string mistake) => Some.Mistakes(step).Should().Contain(mistake);

    [Theory]
    [InlineData("config: { ssm: /shop/a, to: /etc/shop/a }", "read SSM parameter /shop/a into /etc/shop/a, mode 0600")]
    [InlineData("config: { ssm_path: /shop, to: /etc/x, owner: shop, mode: 0640, upper: true, map: { a: B } }", "read SSM parameters below /shop into /etc/x, owned by shop, mode 0640: a as B, names in capitals")]
    [InlineData("config: { secret: s, as: TOKEN }", "read secret s into the variable TOKEN, hidden")]
    [InlineData("config: { secret: s, upper: true }", "read secret s into a hidden variable for each, names in capitals")]
    public void A_plan_says_what_is_read_and_where_it_goes(string step, string words) => Some.Step(step).Describe().Should().Be(words);

    [Fact]
    public void A_simulation_puts_names_in_the_place_of_values()
    {
        var run = new TestStepRun("/") { Simulated = true, Set = { ["PW"] = "given" } };

        run.Do($"config: {{ secret: s, to: {_folder.At("env")}, map: {{ user: DBUSER, password: PW }} }}").Should().Be(new StepOutcome.Succeeded("recorded"));
        run.Do($"config: {{ s3: s3://b/k, to: {_folder.At("raw")} }}");
        run.Do("config: { ssm: /a, as: PW }");
        run.Do("config: { ssm: /a, as: OTHER }");
        run.Do("config: { ssm_path: /a }");

        File.ReadAllText(_folder.At("env")).Should().Be("DBUSER='<DBUSER>'\nPW=given\n");
        File.ReadAllText(_folder.At("raw")).Should().Be("# simulated: not read from object s3://b/k\n");
        run.Kept.Should().Equal(("PW", "given", false), ("OTHER", "<OTHER>", false));
        run.Said.Should().HaveCount(5).And.Contain("recorded: read SSM parameter /a into the variable PW, hidden");
        run.Helpers.Should().BeEmpty();
    }
}
