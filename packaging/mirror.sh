# Where the release $1 comes from; sourced.  Sets keyring, components, script (debootstrap's) and mirror: the one that this machine uses where
# it is of the same family, else empty, and debootstrap knows one.
case $1 in
  bookworm | trixie | forky | stable | testing | sid | unstable) family=debian components=main script=sid ;;
  *) family=ubuntu components=main,universe script=gutsy ;;
esac
keyring=/usr/share/keyrings/$family-archive-keyring.gpg
[ ! -e "/usr/share/debootstrap/scripts/$1" ] || script=$1
mirror=
if grep -q "^ID=$family\$" /etc/os-release; then
  mirror=$(cat /etc/apt/sources.list "/etc/apt/sources.list.d/$family.sources" 2>/dev/null |
    sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\([^ ]*\).*/\2/p' | head -n 1)
fi

# How this machine reaches it, for the root $1.
configure_apt ()
{
  apt-config dump 2>/dev/null | grep -i '^Acquire::https\?::proxy' >"$1/etc/apt/apt.conf.d/00machine" || :
  [ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$1/etc/resolv.conf"
  [ ! -e /etc/hosts ] || cp -L /etc/hosts "$1/etc/hosts"
  echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/fast"
}
