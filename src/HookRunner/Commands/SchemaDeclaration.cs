using System.CommandLine;
using System.Text;
using HookRunner.Core.Reference.Schema;
using HookRunner.Host.Steps;

namespace HookRunner.Commands;

/// <summary>`hookrunner schema`.</summary>
internal static class SchemaDeclaration
{
    public static Command Make()
    {
        var command = new Command("schema", "Prints the JSON Schema of hookrunner.yml, for editors");
        command.SetAction(_ => Console.Out.WriteLine(Encoding.UTF8.GetString(LanguageSchema.Json(StepCatalog.All).Span)));
        return command;
    }
}
