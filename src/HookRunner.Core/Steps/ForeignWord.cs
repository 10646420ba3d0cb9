namespace HookRunner.Core.Steps;

/// <summary>Words that people bring along from shells and from other tools, and what the language calls the same thing.</summary>
internal static class ForeignWord
{
    /// <summary>A line each: the language's word, then the words for it that come from elsewhere.</summary>
    private static readonly string[] Families =
    [
        "run command cmd sh bash echo log print message",
        "script location source_file",
        "directory mkdir dir folder",
        "remove rm rmdir delete unlink clean",
        "copy cp rsync install",
        "move mv rename",
        "link ln symlink current",
        "permissions chmod chown chgrp acl",
        "service systemctl systemd restart start stop reload units daemon",
        "file template write",
        "http curl wget health health_check healthcheck http_check",
        "wait_for wait sleep pause until",
        "stop_process kill pkill killall",
        "background nohup start_background",
        "container docker podman image",
        "compose docker_compose docker-compose",
        "config ssm s3 secret parameter",
        "report notify slack sns",
        "steps tasks group block",
        "cwd dir chdir workdir working_dir working_directory directory",
        "user runas run_as become_user sudo",
        "retry retries attempts",
        "allow_failure ignore_errors ignore_error ignore_failure continue_on_error",
        "vars variables values",
        "env environment environment_variables variables",
        "capture register output",
        "when if condition only_if",
        "unless not not_if if_not",
        "remove stop kill",
        "command args run",
        "unit name",
        "project project_name",
        "alive_for wait settle",
        "log logfile log_file output",
        "login ecr_login registry",
        "user username",
        "exists file path directory",
        "missing not_exists absent",
        "program command tool name pattern process",
        "pid_file pid",
        "active running",
        "unit service",
        "owner user group",
        "mode perm perms permissions chmod",
        "file_mode mode chmod",
        "dir_mode directory_mode folder_mode",
        "from src source",
        "path dest destination",
        "to dest destination target",
        "path target file name",
        "to file path",
        "as var variable capture name",
        "ssm parameter ssm_parameter",
        "source src from template",
        "to src",
        "content text body value",
        "paths path files",
        "except exclude ignore keep",
        "exclude except ignore",
        "within timeout wait max_wait time_limit",
        "interval delay every sleep",
        "attempts times retries tries count max_attempts",
        "delay interval wait sleep",
        "status code expect expected status_code expected_status",
        "body contains",
        "matches regex pattern",
        "url uri address endpoint",
        "insecure verify validate_certs skip_verify",
        "follow redirects follow_redirects",
        "within retries tries attempts",
        "tcp port",
        "validate test check",
        "if_present ignore_missing missing_ok",
        "groups deployment_groups deployment_group match pattern",
        "environments stages",
        "steps lists",
        "hooks events lifecycle",
        "always finally after",
        "on_failure on_error rescue",
        "shared linked_files linked_dirs shared_paths",
        "keep keep_releases retain preserve",
        "releases releases_dir releases_path",
        "environment env",
    ];

    /// <summary>A key of the mapping that is meant, words that are written in it, and where they belong.</summary>
    private static readonly (string Mark, string Words, string Remedy)[] Elsewhere =
    [
        ("first_release", "environment env group role event", "what is known before anything runs stands under `only:`, beside this"),
        ("gone", "url http", "a URL is asked by a step of the kind `http`"),
        ("umask", "sudo", "under the agent hookrunner is root; whom a step runs as is `user: NAME`"),
        ("newest", "recursive overwrite force", "it is always so: a directory's contents go along, and what is there is replaced"),
        ("paths", "recursive force missing_ok", "it is always so: what is in a directory goes along, and what is missing is fine"),
        ("ssm_path", "decrypt with_decryption", "it is always so: values are decrypted"),
        ("ssm_path", "region", "the region is the instance's; another is `env: { AWS_REGION: NAME }`, beside `config`"),
        ("pull_policy", "detach", "it is always so: a container runs in the background"),
        ("pull_policy", "healthcheck health_check health", "the image's own health check is waited for; a URL is asked by a step of the kind `http`"),
        ("pull_policy", "memory cpus entrypoint hostname labels log_driver", "write it under `options`, as for `docker run`: `[--memory, 512m]`"),
        ("pull_policy", "build exec", "that is `exec: [docker, ...]`"),
        ("alive_for", "restart", "nothing restarts it; a unit of systemd is restarted, and `service` starts it"),
        ("remove_orphans", "detach", "it is always so: containers run in the background"),
        ("remove_orphans", "stop restart exec run logs ps", "that is `exec: [docker, compose, ...]`"),
        ("remove_orphans", "services service", "name them under the verb: `{ up: [web, worker] }`"),
        ("remove_orphans", "volumes", "volumes are never removed"),
        ("remove_orphans", "profile profiles", "write `env: { COMPOSE_PROFILES: NAME }` beside `compose`"),
        ("environments", "user cwd retry timeout shell allow_failure", "what holds for every step stands under `defaults:`"),
        ("environments", "files permissions os file_exists_behavior", "this belongs into appspec.yml"),
    ];

    /// <summary>The language's words that this rests on; each must be one.</summary>
    public static IEnumerable<string> Own => Families.Select(family => family.Split(' ')[0]).Concat(Elsewhere.Select(place => place.Mark));

    /// <summary>Where the word belongs; null where it is known nowhere.</summary>
    public static string? Place(string word, IReadOnlyCollection<string> known)
    {
        foreach (var (mark, words, remedy) in Elsewhere)
        {
            if (known.Contains(mark) && !known.Contains(word) && Array.IndexOf(words.Split(' '), word) >= 0)
            {
                return remedy;
            }
        }

        return null;
    }

    /// <summary>What of <paramref name="known"/> stands for the word; null where nothing does.</summary>
    public static string? Meant(string word, IReadOnlyCollection<string> known)
    {
        foreach (var family in Families)
        {
            var words = family.Split(' ');
            if (Array.IndexOf(words, word) > 0 && known.Contains(words[0]))
            {
                return words[0];
            }
        }

        return null;
    }
}
