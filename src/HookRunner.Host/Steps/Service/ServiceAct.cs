using System.Collections.Immutable;
using HookRunner.Core.Steps;
using HookRunner.Host.Processes;

namespace HookRunner.Host.Steps.Service;

/// <summary>Does what a service step wants of its units: looks first, touches only what is not so yet, and looks again.</summary>
internal sealed class ServiceAct
{
    private readonly StepRun _run;
    private readonly ServiceRequest _request;
    private readonly Systemctl _systemctl;

    private ServiceAct(StepRun run, ServiceRequest request) =>
        (_run, _request, _systemctl) = (run, request, new Systemctl(run, request));

    public static StepOutcome Do(StepRun run, ServiceRequest request) => new ServiceAct(run, request).Do();

    private StepOutcome Do()
    {
        if (Look(out var failure) is not { } states)
        {
            return failure!;
        }

        var present = states.Where(state => !state.IsMissing).ToImmutableArray();
        if (present.Length < states.Length && !_request.TakesMissing && !_request.IfPresent)
        {
            return UnitFailure.Unusable(states.First(state => state.IsMissing))!;
        }

        if (!_request.TakesMissing && present.Select(UnitFailure.Unusable).FirstOrDefault(unusable => unusable is not null) is { } unusable)
        {
            return unusable;
        }

        var wanted = present.Where(IsWanted).ToImmutableArray();
        return wanted.Length > 0 ? Act(wanted)
            : present.Length == 0 && _request.IfPresent ? new StepOutcome.Skipped($"there is no unit {string.Join(", ", _request.Units)}")
            : new StepOutcome.Succeeded(AlreadySo(present.Length == 0));
    }

    /// <summary>systemd reads its files anew where one of these units changed, or is not known to it.</summary>
    private ImmutableArray<UnitState>? Look(out StepOutcome? failure)
    {
        if (_systemctl.Show(_request.Units, out failure) is not { } states)
        {
            return null;
        }

        if (_request.TakesMissing || !states.Any(state => state.NeedsReload || state.IsMissing))
        {
            return states;
        }

        failure = _systemctl.Do("daemon-reload");
        return failure is null ? _systemctl.Show(_request.Units, out failure) : null;
    }

    private bool IsWanted(UnitState state) => _request.Verb switch
    {
        ServiceVerb.Start => !state.IsActive || (_request.EnablesToo && !_systemctl.IsEnabled(state)),
        ServiceVerb.Stop => !state.IsStopped,
        ServiceVerb.Enable => !_systemctl.IsEnabled(state),
        ServiceVerb.Disable => _systemctl.IsEnabled(state),
        _ => true,
    };

    private StepOutcome Act(ImmutableArray<UnitState> units)
    {
        if (_request.Validate is { } validate && Validated(validate, units) is { } invalid)
        {
            return invalid;
        }

        foreach (var unit in units)
        {
            if (Touch(unit) is { } failure)
            {
                return failure;
            }
        }

        var names = units.Select(unit => unit.Name).ToImmutableArray();
        return (_request.Runs ? new SettleWatch(_run, _request, _systemctl).Wait(names) : Confirm(names))
            ?? new StepOutcome.Succeeded(names.Length == _request.Units.Length ? Done : $"{Done}: {string.Join(", ", names)}");
    }

    private StepOutcome? Validated(CommandText validate, ImmutableArray<UnitState> units)
    {
        var report = _run.RunHelper(validate, _request.Within);
        return report.End is ProcessEnd.Exited { Status: 0 } ? null
            : _run.Judge(report, $"validate `{validate}`") is StepOutcome.Failed failed
                ? failed with { Hint = $"{string.Join(", ", units.Select(unit => unit.Name))} was not touched", Detail = report.Tail }
                : _run.Judge(report, $"validate `{validate}`");
    }

    /// <summary>The one change to one unit.</summary>
    private StepOutcome? Touch(UnitState unit)
    {
        if ((_request.EnablesToo || _request.Verb == ServiceVerb.Enable) && !_systemctl.IsEnabled(unit) && Enable(unit) is { } unenabled)
        {
            return unenabled;
        }

        if (_request.Verb == ServiceVerb.Enable || (_request.Verb == ServiceVerb.Start && unit.IsActive))
        {
            return null;
        }

        if (_request.Verb == ServiceVerb.Reload && (!unit.IsActive || !unit.CanReload))
        {
            return new StepOutcome.Failed(unit.IsActive
                ? $"unit `{unit.Name}` has no way to reload (no ExecReload=)"
                : $"unit `{unit.Name}` is {unit.ActiveState}, so there is nothing to reload", "use `restart`");
        }

        // What a deployment mends must not be barred by how often the last release failed.
        if (_request.Runs && unit is { ActiveState: "failed" } && _systemctl.Do("reset-failed", unit.Name) is { } unreset)
        {
            return unreset;
        }

        return _systemctl.Do(_request.Word, unit.Name) is { } failure ? Explain(unit.Name, failure) : null;
    }

    private StepOutcome? Enable(UnitState unit) => unit.FileState is "static" or "transient"
        ? new StepOutcome.Failed(
            $"unit `{unit.Name}` cannot be enabled: its file has no [Install] section",
            "add `[Install]` with `WantedBy=multi-user.target` to it")
        : _systemctl.Do("enable", unit.Name);

    /// <summary>The journal says more than systemctl does, where the unit itself failed.</summary>
    private StepOutcome Explain(string unit, StepOutcome failure)
    {
        if (failure is not StepOutcome.Failed { Hint: null } failed || _systemctl.Show([unit], out _) is not [var state])
        {
            return failure;
        }

        return state.Result is "success" or ""
            ? failed
            : UnitFailure.Of(state, $"failed to {_request.Word}", _systemctl.Journal(unit)) with { Exit = failed.Exit };
    }

    private StepOutcome? Confirm(ImmutableArray<string> names)
    {
        if (_systemctl.Show(names, out var failure) is not { } states)
        {
            return failure;
        }

        return _request.Verb == ServiceVerb.Stop && states.FirstOrDefault(state => !state.IsStopped) is { } alive
            ? UnitFailure.Of(alive, "is not stopped", _systemctl.Journal(alive.Name))
            : null;
    }

    private string Done => _request.Verb switch
    {
        ServiceVerb.Stop => "stopped",
        ServiceVerb.Reload => "reloaded",
        ServiceVerb.Restart => "restarted",
        ServiceVerb.Start => "started",
        ServiceVerb.Enable => "enabled",
        _ => "disabled",
    };

    private string AlreadySo(bool isMissing) => _request.Verb switch
    {
        _ when isMissing => "already so: no such unit",
        ServiceVerb.Stop => "already stopped",
        ServiceVerb.Start => "already active",
        ServiceVerb.Enable => "already enabled",
        ServiceVerb.Disable => "already disabled",
        _ => "already so",
    };
}
