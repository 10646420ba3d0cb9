# Answers `/health` with ok and `/` with a greeting.
use strict;
use warnings;
use IO::Socket::INET;

my %pages = ('/health' => 'ok', '/' => $ENV{GREETING});
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ENV{PORT}, Listen => 16, ReuseAddr => 1)
    or die "cannot listen on port $ENV{PORT}: $@\n";

while (my $client = $server->accept) {
    my ($path) = (<$client> // '') =~ m{^GET (\S+)};
    while (my $header = <$client>) { last if $header =~ /^\r?\n$/ }
    my $page = $pages{$path // ''};
    print $client 'HTTP/1.0 ', ($page ? '200 OK' : '404 Not Found'), "\r\n\r\n", ($page // 'no such page'), "\n";
}
