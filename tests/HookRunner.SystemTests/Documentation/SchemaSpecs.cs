using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HookRunner.Core.Diagnostics;
using HookRunner.Core.Reference.Schema;
using HookRunner.Core.Yaml;
using HookRunner.Host.Steps;
using Json.Schema;

namespace HookRunner.SystemTests.Documentation;

/// <summary>The JSON Schema takes what hookrunner takes, and finds what an editor can find.</summary>
public class SchemaSpecs
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(System.Text.Encoding.UTF8.GetString(LanguageSchema.Json(StepCatalog.All).Span));

    public static TheoryData<string> Samples { get; } = [.. Files()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_takes_every_sample(string path) => Mistakes(File.ReadAllText(Path.Join(Readme.Repository, path))).Should().BeEmpty();

    [Fact]
    public void It_takes_the_samples_of_README() =>
        Readme.Blocks("yaml").Where(block => block.StartsWith("version: 1\n", StringComparison.Ordinal))
            .Should().HaveCountGreaterThan(1).And.Subject.SelectMany(Mistakes).Should().BeEmpty();

    [Theory]
    [InlineData("timeout: 90")]
    [InlineData("timeout: 1h30m")]
    [InlineData("timeout: '${patience}'")]
    [InlineData("retry: 3")]
    [InlineData("retry: { attempts: 3, backoff: exponential, on_exit: [1, 2] }")]
    [InlineData("when: first_release")]
    [InlineData("when: { exists: [/a, /b], first_release: true }")]
    [InlineData("env_file: [a.env, { path: b.env, optional: true }]")]
    [InlineData("only: { event: [AfterInstall, rollback], role: web }")]
    [InlineData("limits: { nofile: 1024 }")]
    [InlineData("inherit_env: true")]
    [InlineData("allow_failure: 'true'")]
    [InlineData("umask: 027")]
    public void It_takes_what_a_step_may_say(string key) => Mistakes(Step($"run: make\n      {key}")).Should().BeEmpty();

    [Theory]
    [InlineData("directory: /opt/app")]
    [InlineData("directory: { path: /opt/app, mode: 0750, owner: deploy:web }")]
    [InlineData("permissions: { path: ['/opt/*.d'], file_mode: ug+rwX, dir_mode: '2775', recursive: true }")]
    [InlineData("script: { path: a.sh, args: [1, true, x], strict: full }")]
    [InlineData("file: { path: /etc/a, content: 5, notify: { reload: nginx } }")]
    [InlineData("release: stage")]
    [InlineData("use: restart")]
    [InlineData("steps: [{ run: a }, { exec: [b, c] }]")]
    public void It_takes_every_form_of_a_kind(string kind) => Mistakes(Step(kind)).Should().BeEmpty();

    [Theory]
    [InlineData("run: a\n      exec: [b]", "/hooks/AfterInstall")]
    [InlineData("name: nothing", "/hooks/AfterInstall")]
    [InlineData("copy: { from: a, to: /b, overwite: true }", "/hooks/AfterInstall/0/copy/overwite")]
    [InlineData("copy: { from: a }", "/hooks/AfterInstall/0/copy")]
    [InlineData("copy: { from: a, to: /b, keep: yes }", "/hooks/AfterInstall/0/copy/keep")]
    [InlineData("script: { path: a, strict: fulll }", "/hooks/AfterInstall/0/script")]
    [InlineData("release: stages", "/hooks/AfterInstall/0/release")]
    [InlineData("run: { text: a }", "/hooks/AfterInstall/0/run")]
    [InlineData("run:", "/hooks/AfterInstall/0/run")]
    [InlineData("exec: true", "/hooks/AfterInstall/0/exec")]
    [InlineData("http: { url: http://a }\n      timeout: 5s", "/hooks/AfterInstall/0/timeout")]
    [InlineData("script: a\n      capture: B", "/hooks/AfterInstall/0/capture")]
    [InlineData("use: a\n      retry: 3", "/hooks/AfterInstall/0/retry")]
    [InlineData("run: a\n      timeout: 1:30", "/hooks/AfterInstall/0/timeout")]
    [InlineData("run: a\n      retry: { delay: 1s }", "/hooks/AfterInstall/0/retry")]
    [InlineData("run: a\n      when: { exist: /a }", "/hooks/AfterInstall/0/when")]
    [InlineData("run: a\n      only: { roles: web }", "/hooks/AfterInstall/0/only/roles")]
    [InlineData("run: a\n      only: { event: Install }", "/hooks/AfterInstall/0/only/event")]
    [InlineData("run: a\n      x-note: b", "/hooks/AfterInstall/0/x-note")]
    [InlineData("permissions: { path: /a/b, file_mode: rw }", "/hooks/AfterInstall/0/permissions/file_mode")]
    [InlineData("directory: { path: /a/b, owner: 'a:b:c' }", "/hooks/AfterInstall/0/directory")]
    public void It_finds_a_seeded_mistake_where_it_stands(string step, string place) =>
        Mistakes(Step(step)).Should().Contain(found => found.StartsWith(place, StringComparison.Ordinal));

    [Theory]
    [InlineData("hooks: {}", "")]
    [InlineData("version: 2", "/version")]
    [InlineData("version: 1\nenviroments: {}", "/enviroments")]
    [InlineData("version: 1\nhooks: { AfterInstal: [] }", "/hooks/AfterInstal")]
    [InlineData("version: 1\nhooks: { AfterInstall: { step: [] } }", "/hooks/AfterInstall")]
    [InlineData("version: 1\nenvironments: { production: { vars: {} } }", "/environments/production")]
    [InlineData("version: 1\nroles: { web: { groups: a, hooks: {} } }", "/roles/web/hooks")]
    [InlineData("version: 1\ndefaults: { capture: A }", "/defaults/capture")]
    [InlineData("version: 1\nrelease: { staging: /a }", "/release")]
    [InlineData("version: 1\nshared_host: never", "/shared_host")]
    public void It_finds_a_seeded_mistake_of_the_file(string text, string place) =>
        Mistakes(text).Should().Contain(found => found.StartsWith(place, StringComparison.Ordinal));

    [Fact]
    public void Keys_that_begin_with_x_are_a_place_for_anchors() =>
        Mistakes("version: 1\nx-web: &web { groups: a }\nroles: { web: { <<: *web, x-note: 1 } }\nrelease: { link: /a/b, x-note: [] }").Should().BeEmpty();

    [Fact]
    public void Every_key_has_a_description()
    {
        var undescribed = new List<string>();
        Describe(JsonNode.Parse(LanguageSchema.Json(StepCatalog.All).Span)!, "", undescribed);

        undescribed.Should().BeEmpty();
    }

    private static string Step(string step) => $"version: 1\nhooks:\n  AfterInstall:\n    - {step}\n";

    /// <summary>Every hookrunner.yml of the repository, and the files that the language's own tests read.</summary>
    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Readme.Repository, "*.yml", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Readme.Repository, path))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" || (part.Length > 1 && part[0] == '.')))
        .Where(path => Path.GetFileName(path) is "hookrunner.yml" or "valid.yml" or "whole.yml");

    /// <summary>Where something is wrong: the places at which the schema says no.</summary>
    private static List<string> Mistakes(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlLoader.Load(new SourceText("hookrunner.yml", yaml), diagnostics);
        diagnostics.HasErrors.Should().BeFalse();
        var results = Schema.Evaluate(JsonSerializer.SerializeToElement(Typed(root!)), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(item => !item.IsValid && item.Errors is not null).Select(item => item.InstanceLocation.ToString()).Append("")];
    }

    /// <summary>As an editor's YAML reader types it (the core schema of YAML 1.2).</summary>
    private static JsonNode? Typed(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Typed(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Typed)]),
        YamlScalar { IsEmpty: true } => null,
        YamlScalar { Style: ScalarStyle.Plain, Text: "true" or "false" } flag => flag.Text == "true",
        YamlScalar { Style: ScalarStyle.Plain } plain when long.TryParse(plain.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        YamlScalar scalar => scalar.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    /// <summary>Events explain themselves.</summary>
    private static void Describe(JsonNode node, string path, List<string> undescribed)
    {
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            if (name == "properties" && !path.EndsWith("/hooks", StringComparison.Ordinal) && !path.Contains("/dependencies", StringComparison.Ordinal))
            {
                undescribed.AddRange(value!.AsObject().Where(key => key.Value!["description"] is not JsonValue text || text.ToString().Length < 3).Select(key => $"{path}/{key.Key}"));
            }

            Describe(value!, $"{path}/{name}", undescribed);
        }
    }
}
