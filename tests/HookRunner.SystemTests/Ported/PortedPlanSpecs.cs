using HookRunner.SystemTests.Support;

namespace HookRunner.SystemTests.Ported;

/// <summary>What the scripts of real bundles did can be said, is found sound, and is shown before it is done.</summary>
public class PortedPlanSpecs
{
    public static TheoryData<string> Names => [.. PortedBundle.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_ported_bundle_passes_check_without_a_warning(string name)
    {
        using var bundle = new PortedBundle(name);

        var result = Command.Run("/", "check", bundle.Path);

        result.Status.Should().Be(0, result.Text);
        result.Text.Should().EndWith("0 errors, 0 warnings\n");
    }

    [Theory]
    [InlineData("node-forever-roles", "feed_webserver", "start forever start -a -o /var/log/feed-out.log -e /var/log/feed-err.log webserver.js", "start forever start log/serve.js")]
    [InlineData("node-forever-roles", "feed_stream", "start forever start log/ship.js stream ERROR err.log", "skipped: role is not webserver")]
    [InlineData("node-forever-roles", "feed_recorder", "feed-err.log record/recorder.js", "point /home/ec2-user/feed to this deployment's release")]
    [InlineData("compose-file-per-group", "dev", "compose.dev.yml, project web; none is fine, volumes stay", "load the images of images.tar", "bring up all services of compose.dev.yml")]
    [InlineData("compose-file-per-group", "rehearsal", "bring up all services of compose.rehearsal.yml, project web")]
    [InlineData("compose-registry-scaled", "dev", "env_file release.env, /opt/product/app.env (where it is there) (secret)", "write /opt/product/.env with 6 lines, mode 0600", "without orphans", "start docker compose -f /opt/product/docker-compose.yml logs --tail=100")]
    [InlineData("compose-stack-migrations", "any", "bring up service backend of /home/ec2-user/stack/docker-compose.yml and /home/ec2-user/stack/docker-compose.prod.yml, project stack, built first; healthy within 1m30s", "start docker compose exec -T backend alembic upgrade head", "status 200 or 301 or 302")]
    [InlineData("container-registry-parameters", "any", "its output becomes $IMAGE", "rds_password as SPRING_DATASOURCE_PASSWORD", "env SPRING_PROFILES_ACTIVE, env_file /etc/backend.env, restart always", "until it answers with status 200; within 2m30s")]
    [InlineData("django-virtualenv-background", "web", "images/, log/ shared in /home/ec2-user/reader-shared", "as root", "in the background as hookrunner-django-virtualenv-background-server", "listening on port 8080")]
    [InlineData("docker-build-per-group", "api-stage-example", "start docker build -t api-stage-server-image -f Dockerfile.stage .", "replace container api-stage-server by one of image api-stage-server-image", "ports 8080:8080")]
    [InlineData("docker-build-per-group", "api-prod-example", "start docker build -t api-prod-server-image -f Dockerfile.prod .", "replace container api-prod-server by one of image api-prod-server-image")]
    [InlineData("go-systemd-assets", "web", "start tar -xzf assets.tar.gz -C /srv --no-same-owner", "give /srv/assets, with all below, file mode 0444, directory mode 0755", "restart and enable example-httpd", "wait for unit example-httpd to be active")]
    [InlineData("laravel-release-s3-settings", "web", "locks /var/www/public, /var/www/site", "read object s3://example-settings/production.env into /var/www/site-releases/<deployment>/.env, owned by ubuntu:www-data, mode 0640", "as ubuntu, in /var/www/site-releases/<deployment>", "reload php7.0-fpm")]
    [InlineData("node-forever-host-setup", "portal", "use set up Node:\n      unless program node is there", "start forever start -c 'node --max-old-space-size=8192' -l", "env_file /webapps/settings.env (where it is there) (secret)", "within /webapps/portal")]
    [InlineData("node-pm2-nginx-releases", "corporate", "restart nginx after `nginx -t` succeeds", "as deploy, in /srv/www/corporate/current, a failure is a warning\n      unless this is the first release")]
    [InlineData("php-nginx-packages", "web", "unless /usr/local/bin/composer exists", "read SSM parameter app.backend.key into the variable APP_KEY, hidden", "from config/backend.env, expanded, owned by root:nginx, mode 0640", "3 attempts, 10s apart")]
    [InlineData("rails-daemon", "web", "TERM, KILL after 20s; none running is fine", "at most 4m", "env RAILS_ENV=production", "alive for 3s and listening on port 80; output to /home/ubuntu/backend/log/server.log; pid in /home/ubuntu/backend/tmp/backend.pid")]
    [InlineData("spring-boot-init-script", "dev", "copy the newest of build/*.jar to /opt/practice/practice.jar, mode 0500", "with `SPRING_PROFILES_ACTIVE='dev'`")]
    [InlineData("spring-boot-init-script", "prod", "with `SPRING_PROFILES_ACTIVE='prod'`", "point /etc/init.d/practice to /opt/practice/practice.jar, atomically")]
    public void A_plan_for_each_group_says_what_its_hosts_do(string name, string group, params string[] lines)
    {
        using var bundle = new PortedBundle(name);

        var result = Command.Run("/", "plan", "--all", "--group", group, "--bundle", bundle.Path);

        result.Status.Should().Be(0, result.Text);
        result.Text.Should().ContainAll(lines);
    }

    [Theory]
    [InlineData("compose-file-per-group", "production")]
    [InlineData("docker-build-per-group", "api-dev-example")]
    [InlineData("node-forever-roles", "feed_archive")]
    public void A_group_that_no_host_has_is_refused(string name, string group)
    {
        using var bundle = new PortedBundle(name);

        Command.Run("/", "plan", "--all", "--group", group, "--bundle", bundle.Path).Status.Should().Be(3);
    }
}
