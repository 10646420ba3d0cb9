using System.Text.RegularExpressions;
using HookRunner.SystemTests.Simulation;

namespace HookRunner.SystemTests.Ported;

/// <summary>
/// The ported bundles are deployed twice to a private copy of this machine. Programs that it lacks are stood in for by ones
/// that say how they were called.
/// </summary>
public class PortedDeploymentSpecs
{
    /// <summary>Accepts connections on the port that follows.</summary>
    private const string Server = """
        exec perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 5, LocalPort => $ARGV[0], ReuseAddr => 1) or die $!; close $_ while $_ = $s->accept'
        """;

    public PortedDeploymentSpecs() => Namespaces.Require();

    [SkippableFact]
    public void A_site_under_pm2_is_stopped_switched_and_started() =>
        Deployed("node-pm2-nginx-releases", "corporate", ["pm2"],
            "called: pm2 delete pm2.json",
            "release activate (was /srv/www/corporate/releases/d-SIMULATE0)",
            "called: pm2 start pm2.json",
            "recorded: restart nginx after `nginx -t` succeeds; active within 30s and for 2s");

    [SkippableTheory]
    [InlineData("feed_webserver", "webserver.js", "called: forever start log/serve.js")]
    [InlineData("feed_stream", "stream/main.js", "called: forever start log/ship.js stream ERROR err.log")]
    public void Hosts_of_one_bundle_start_what_their_role_says(string group, string main, string last) =>
        Deployed("node-forever-roles", group, ["forever"],
            "called: forever stopall", $"called: forever start -a -o /var/log/feed-out.log -e /var/log/feed-err.log {main}", last);

    [SkippableFact]
    public void A_jar_that_is_its_own_init_script_is_left_alone_where_it_is_the_same() =>
        Deployed("spring-boot-init-script", "dev", [],
            "recorded: stop practice",
            "copy build/*.jar to /opt/practice/practice.jar (practice-1.0.jar: already",
            "link /etc/init.d/practice (already",
            "recorded: restart practice",
            "not checked: GET http://localhost:8080/hc/");

    [SkippableFact]
    public void A_host_is_set_up_once() =>
        Deployed("node-forever-host-setup", "portal", ["node", "yum", "forever"],
            "called: forever stop cluster.js",
            "called: yum install -y httpd",
            "skipped            use set up Node (unless: program node is there)",
            "called: forever start -c node --max-old-space-size=8192 -l /webapps/logs/forever.log");

    [SkippableFact]
    public void A_binary_with_its_unit_and_assets_is_put_in_place() =>
        Deployed("go-systemd-assets", "web", ["setcap"],
            "recorded: stop example-httpd.socket and example-httpd",
            "called: setcap cap_net_bind_service=+ep /usr/local/sbin/example-httpd",
            "permissions /srv/assets (changed 1 of 2)",
            "recorded: restart and enable example-httpd",
            "not checked: unit example-httpd.service");

    [SkippableTheory]
    [InlineData("api-stage-example", "stage")]
    [InlineData("api-prod-example", "prod")]
    public void An_image_is_built_for_the_environment_and_its_container_replaced(string group, string environment) =>
        Deployed("docker-build-per-group", group, ["docker"],
            $"called: docker build -t api-{environment}-server-image -f Dockerfile.{environment} .",
            $"recorded: replace container api-{environment}-server by one of image api-{environment}-server-image");

    [SkippableFact]
    public void A_site_is_made_ready_in_its_release_before_the_switch() =>
        Deployed("laravel-release-s3-settings", "web", ["php"],
            "recorded: read object s3://example-settings/production.env into /var/www/site-releases/d-SIMULATE1/.env, owned by ubuntu:www-data, mode 0640",
            "called: php artisan cache:clear", "called: php artisan route:cache",
            "Everybody may read the release (already so)",
            "release activate (was /var/www/site-releases/d-SIMULATE0)",
            "link /var/www/public (already so)",
            "recorded: reload php7.0-fpm");

    [SkippableFact]
    public void Packages_settings_and_a_key_of_AWS_make_a_host_ready() =>
        Deployed("php-nginx-packages", "web", ["amazon-linux-extras", "yum", "curl", "php", "composer", "nginx"],
            "recorded: stop nginx, php-fpm and mariadb",
            "called: yum install -y jq mariadb-server php-fpm php-mbstring php-dom",
            "called: php /root/composer-setup.php --install-dir=/usr/local/bin --filename=composer",
            "called: composer install --no-dev --no-interaction",
            "recorded: read SSM parameter app.backend.key into the variable APP_KEY, hidden",
            "file /var/www/html/backend/.env (already so)",
            "recorded: restart mariadb and php-fpm",
            "recorded: restart nginx after `nginx -t` succeeds");

    [SkippableFact]
    public void A_container_of_a_registry_is_replaced_with_settings_that_tags_of_the_instance_lead_to() =>
        Deployed("container-registry-parameters", "any", ["jq=111122223333.dkr.ecr.eu-central-1.amazonaws.com/backend:1"],
            "recorded: stop and remove container backend",
            "recorded: read SSM parameters below /<instance.tag.Project>/<instance.tag.Environment> into /etc/backend.env, mode 0600",
            "recorded: log in to <instance.account>.dkr.ecr.<instance.region>.amazonaws.com with a password of the AWS CLI",
            "recorded: replace container backend by one of image 111122223333.dkr.ecr.eu-central-1.amazonaws.com/backend:1, pulled if it is not here, ports 8080:8080",
            "not checked: GET http://localhost:8080/actuator/health");

    [SkippableFact]
    public void A_Rails_server_without_a_unit_is_stopped_started_and_found_listening() =>
        Deployed("rails-daemon", "web", ["bundle"],
            "stop_process /home/ubuntu/backend/tmp/backend.pid (stopped pid ",
            "called: bundle install",
            "called: rails db:prepare",
            "directory /home/ubuntu/backend/log, /home/ubuntu/backend/tmp (already so)",
            "background bin/rails server -p 80 (runs as pid ",
            "left running by the hooks, ended with the simulation: perl");

    [SkippableFact]
    public void A_Django_server_runs_from_its_release_and_the_next_one_stops_it()
    {
        using var bundle = new PortedBundle("django-virtualenv-background").WithStandIns("yum", "virtualenv", "unzip");
        bundle.WriteProgram("app/venv/bin/pip", "echo \"called: pip $*\"");
        bundle.WriteProgram("app/venv/bin/python", $"echo \"called: python $*\"\n[ \"$2\" = runserver ] || exit 0\n{Server} 8080");

        Deployed(bundle, "web",
            "stop_process /home/ec2-user/reader-shared/server.pid (stopped pid ",
            "called: yum install -y python-pip postgresql",
            "recorded: read object s3://example-settings/reader/keys.zip into /home/ec2-user/reader-releases/d-SIMULATE1/fieldkeys/data.zip, mode 0600",
            "called: virtualenv venv", "called: pip install -r requirements.txt", "called: unzip -oq data.zip",
            "called: python manage.py migrate --noinput",
            "release activate (was /home/ec2-user/reader-releases/d-SIMULATE0)",
            "background venv/bin/python manage.py runserver 0.0.0.0:8080 (runs as pid ");
    }

    [SkippableTheory]
    [InlineData("dev")]
    [InlineData("rehearsal")]
    public void A_compose_file_that_the_group_names_takes_the_place_of_the_one_before(string group) =>
        Deployed("compose-file-per-group", group, ["docker"],
            $"recorded: stop and remove the containers of compose.{group}.yml, project web; none is fine, volumes stay",
            "recorded: load the images of images.tar",
            $"recorded: bring up all services of compose.{group}.yml, project web",
            "called: docker image prune --force --all");

    [SkippableFact]
    public void A_stack_takes_its_image_from_the_bundle_and_its_passwords_from_S3() =>
        Deployed("compose-registry-scaled", "dev", ["docker"],
            "recorded: stop and remove the containers of /opt/product/docker-compose.yml",
            "recorded: log in to 111122223333.dkr.ecr.eu-central-1.amazonaws.com",
            "recorded: read object s3://example-settings/dev/app.env into /opt/product/app.env, mode 0600",
            "recorded: pull the images of service app",
            "recorded: bring up all services of /opt/product/docker-compose.yml, without orphans, 2 of app; healthy within 5m",
            "file /opt/product/.env (already so)");

    [SkippableFact]
    public void Services_come_up_one_after_the_other_around_the_migrations()
    {
        using var bundle = new PortedBundle("compose-stack-migrations").WithStandIns("docker");
        File.WriteAllText(Path.Join(bundle.Path, "stack/.env"), "SECRET=made-up\n");

        Deployed(bundle, "any",
            "called: docker compose stop backend frontend proxy",
            "Take the settings that this host keeps (when: /home/ec2-user/.stack.env exists does not hold)",
            "recorded: bring up service redis of ", "recorded: bring up service backend of ", "built first; healthy within 1m30s",
            "called: docker compose exec -T backend alembic upgrade head",
            "recorded: bring up services frontend, proxy and cloudflared of ",
            "called: docker compose exec -T proxy nginx -s reload",
            "not checked: GET http://localhost:8000/health");
    }

    /// <summary>A deployment that follows another of the same bundle goes well, and says these in this order.</summary>
    private static void Deployed(string name, string group, string[] standIns, params string[] said)
    {
        using var bundle = new PortedBundle(name).WithStandIns(standIns);
        Deployed(bundle, group, said);
    }

    private static void Deployed(PortedBundle bundle, string group, params string[] said)
    {
        var result = (new SimulateCall(bundle.Path, group) { Options = ["--from", bundle.Path] }).Run();

        result.Exit.Should().Be(0, result.Output + result.Errors);
        result.Output.Should().MatchRegex(string.Join("(?s).*", said.Select(Regex.Escape)), result.Output);
    }
}
