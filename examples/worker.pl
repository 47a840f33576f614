#!/usr/bin/perl
# A dispatch by a worker, from Perl, with what every Perl has.  usage: worker.pl DISPATCH PDF
use strict;
use warnings;
use File::Basename;
use IPC::Open2;
use JSON::PP;

my ($dispatch, $pdf) = @ARGV;
my $pid = open2(my $answers, my $jobs, 'diglot', '--worker', '-j', '1', '-o', dirname($pdf));
print $jobs encode_json({ input => $dispatch, name => basename($dispatch), output => basename($pdf) }), "\n";
$jobs->flush;
my $answer = decode_json(scalar <$answers>);
print STDERR "$dispatch:$_->{line}: $_->{message} [$_->{code}]\n" for @{ $answer->{dispatches}[0]{messages} };
close $jobs;
waitpid $pid, 0;
exit($answer->{status} eq 'set' ? 0 : 1);
