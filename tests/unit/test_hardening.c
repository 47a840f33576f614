/* test_hardening.c: what the compiler and the linker can do against a mistake is done in the program that is shipped. */
#include "scratch.h"

static void
check_line (Scratch *s, const char *line, const char *why)
{
  if (scratch_run (s, line) != 0)
    g_test_message ("%s: %s", why, s->out);
  g_assert_cmpint (scratch_run (s, line), ==, 0);
}

static void
test_program (Scratch *s, gconstpointer data)
{
  (void) data;
#if defined(__SANITIZE_ADDRESS__) || defined(DG_COVERAGE)
  g_test_skip ("this build is not the one that is shipped");
  return;
#endif
  if (scratch_run (s, "command -v readelf >/dev/null") != 0) {
    g_test_skip ("there is no readelf");
    return;
  }
  check_line (s, "LC_ALL=C readelf -h \"$diglot\" | grep -q 'Type: *DYN'", "no position-independent executable");
  check_line (s, "LC_ALL=C readelf -lW \"$diglot\" | grep -q GNU_RELRO", "no RELRO");
  check_line (s, "LC_ALL=C readelf -dW \"$diglot\" | grep -q 'FLAGS.*NOW'", "RELRO is not full: symbols are bound late");
  check_line (s, "LC_ALL=C readelf -lW \"$diglot\" | grep GNU_STACK | grep -q 'RW '", "the stack is executable");
  check_line (s, "LC_ALL=C readelf -sW --dyn-syms \"$diglot\" | grep -q __stack_chk_fail", "no stack protector");
  check_line (s, "LC_ALL=C readelf -sW --dyn-syms \"$diglot\" | grep -qE '__(memcpy|snprintf|fprintf|read)_chk'", "no _FORTIFY_SOURCE");
  check_line (s, "! LC_ALL=C readelf -lW \"$diglot\" | grep LOAD | grep -q 'RWE'", "memory that is written to and executed");
  check_line (s, "! LC_ALL=C readelf -dW \"$diglot\" | grep -qE 'RPATH|RUNPATH'", "a path of libraries of its own");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hardening/program", Scratch, NULL, scratch_set_up, test_program, scratch_tear_down);
  return g_test_run ();
}
