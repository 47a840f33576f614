# Diglot's build.  `make` builds build/diglot, `make demo` typesets the samples, `make test` tests; each of the last two first
# installs what is missing.  Every flavour of the build (plain, asan) has a folder of its own, so that they live side by side.
# `make O=FOLDER` builds in FOLDER and writes nothing here; from another folder, `make -f HERE/Makefile` does so with ./build.
ifneq ($(notdir $(firstword $(MAKEFILE_LIST))),$(firstword $(MAKEFILE_LIST)))
GOALS = $(or $(MAKECMDGOALS),all)
.PHONY: $(GOALS)
$(GOALS) &: ; @$(MAKE) --no-print-directory -C '$(dir $(firstword $(MAKEFILE_LIST)))' O='$(abspath $(or $(O),build))' $(GOALS)
else

PREFIX     = /usr/local
DESTDIR    =
O          = build
bindir     = $(PREFIX)/bin
libdir     = $(PREFIX)/lib
includedir = $(PREFIX)/include
datadir    = $(PREFIX)/share/diglot
mandir     = $(PREFIX)/share/man
docdir     = $(PREFIX)/share/doc/diglot
bashdir    = $(PREFIX)/share/bash-completion/completions
zshdir     = $(PREFIX)/share/zsh/site-functions
girdir     = $(PREFIX)/share/gir-1.0
vapidir    = $(PREFIX)/share/vala/vapi
pythondir  = $(PREFIX)/lib/python3/dist-packages
fishdir    = $(PREFIX)/share/fish/vendor_completions.d
localedir  = $(PREFIX)/share/locale

# The Debian packages: what the build needs, what setting needs, what the tests need.  a|b: the first that the release has.  No version
# stands in a name that another release would not have.
PACKAGES = \
	gcc libc6-dev gettext pkgconf|pkg-config libglib2.0-dev libpango1.0-dev libcairo2-dev libharfbuzz-dev libjson-glib-dev \
	libuchardet-dev libicu-dev libqpdf-dev libarchive-dev libsqlite3-dev libpng-dev libjpeg-dev libexif-dev libseccomp-dev liblcms2-dev \
	zlib1g-dev libminizip-dev libbrotli-dev libxml2-dev libgmime-3.0-dev libdeflate-dev nettle-dev \
	hyphen-en-us hyphen-en-gb hyphen-fr hyphen-de hyphen-es hyphen-it hyphen-pt-pt hyphen-pt-br hyphen-nl hyphen-sv hyphen-da hyphen-no hyphen-is \
	hyphen-pl hyphen-cs hyphen-sk hyphen-sl hyphen-hr hyphen-sr hyphen-bg hyphen-ru hyphen-uk hyphen-be hyphen-hu hyphen-ro hyphen-lt hyphen-lv \
	hyphen-el hyphen-ca hyphen-gl hyphen-af hyphen-id hyphen-hi hyphen-bn hyphen-pa hyphen-gu hyphen-mr hyphen-ta hyphen-te hyphen-kn hyphen-ml \
	fonts-sil-gentiumplus fonts-hosny-amiri fonts-noto-core fonts-noto-cjk fonts-symbola texlive-base \
	dict-freedict-ara-eng dict-freedict-eng-ara dict-freedict-fra-eng dict-freedict-eng-fra iso-codes \
	perl python3 python3-jsonschema parallel libarchive-tools sqlite3 procps poppler-utils mupdf-tools qpdf unicode-data

# What describes the library to other languages; without it there are no typelib and no Python module.
GIR_PACKAGES = gobject-introspection libgirepository1.0-dev|gir1.2-glib-2.0-dev

# Judges of what the profiles claim and of where words are broken; a test without its judge is skipped.
JUDGE_PACKAGES = $(GIR_PACKAGES) python3-gi python3-gi-cairo python3-pytest python3-build python3-wheel gi-docgen gjs valac libxml2-utils python3-translate epubcheck libhyphen0 ghostscript libpdfbox2-java libjaxb-api-java libactivation-java default-jre-headless

# Readers of PDFs that are only measured; Node.js runs those of npm.
ENGINE_PACKAGES = libpdfbox2-java default-jre-headless $(if $(shell command -v npm),,nodejs npm)

# What the pictures in docs/ are drawn with, and a face that one of them shows.
DOCS_PACKAGES = fonts-sil-scheherazade netpbm

# The engines that shards are tried on.
CLUSTER_PACKAGES = slurmctld slurmd slurm-client munge parallel python3-distributed

# What looks at the sources.
LINT_PACKAGES = clang-format clang cppcheck

# What a caller of the library compiles with; see diglot.h.
PUBLIC_MODULES = gobject-2.0

# What the review page and web pages are tested in.
BROWSER_PACKAGES = chromium firefox-esr $(if $(shell command -v npm),,nodejs npm)

# The same libraries as pkg-config knows them.  The loader looks for a name in this order, and the first ask for most of them: a third of a
# start is this.
MODULES = libqpdf icu-i18n icu-uc glib-2.0 gobject-2.0 gio-2.0 gio-unix-2.0 zlib libdeflate nettle json-glib-1.0 pango cairo cairo-ft harfbuzz \
	uchardet libarchive sqlite3 libpng libjpeg libexif lcms2 libseccomp minizip libxml-2.0 gmime-3.0 harfbuzz-subset libbrotlienc

FLAVOUR = plain
ifeq ($(origin CC),default)
CC = $(if $(filter clang,$(FLAVOUR)),clang,gcc)
endif
WERROR   =
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes $(WERROR)
CFLAGS  ?= $(or $(OPTIMISE_$(FLAVOUR)),-O2) -g
LDFLAGS ?=

# One set of objects for the program and both libraries; only what diglot.h declares is seen from outside.
LIBRARY  = -fPIC -fvisibility=hidden
VERSION := $(shell sed -n 's/^\#define DIGLOT_VERSION "\(.*\)"/\1/p' include/diglot.h)
SOVERSION = 0

# Other compilers and optimisers than the one that is shipped find other mistakes: make check FLAVOUR=clang, o1, o3.
COMPILERS = clang o1 o3
OPTIMISE_o1 = -O1
OPTIMISE_o3 = -O3
SANITIZE_plain =
SANITIZE_asan  = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# Against what a mistake could let in; sanitizers watch over more than that and bear no _FORTIFY_SOURCE, which wants optimisation.  Who packages may
# ask for more of it.
FORTIFY = $(if $(filter -O1 -O2 -O3 -Os,$(CFLAGS)),$(if $(findstring _FORTIFY_SOURCE,$(CFLAGS) $(CPPFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2))
define HARDEN =
HARDEN_$(1)      = $$(FORTIFY) -fstack-protector-strong -fstack-clash-protection
HARDEN_LINK_$(1) = -Wl,-z,relro,-z,now,-z,noexecstack
PIE_$(1)         = -pie
DIR_$(1)         = $$(O)/$(1)
endef
$(foreach flavour,plain $(COMPILERS),$(eval $(call HARDEN,$(flavour))))
SANITIZE_fuzz  = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# GLib's locks are not the compiler's: tests/tsan/locks.c tells the sanitizer of those that our code takes.
SANITIZE_tsan  = -fsanitize=thread -fno-omit-frame-pointer
LOCKS          = g_mutex_lock g_mutex_unlock g_once_init_enter g_once_init_leave g_thread_new g_thread_join
LOCKED_tsan    = $(LOCKS:%=-Wl,--wrap=%) $(B)/tests/locks.o
DIR_tsan  = $(O)/tsan
DIR_plain = $(O)
DIR_asan  = $(O)/asan
SANITIZE_coverage = --coverage -fprofile-update=atomic -DDG_COVERAGE
DIR_fuzz  = $(O)/fuzz
DIR_coverage = $(O)/coverage
B = $(DIR_$(FLAVOUR))
# What `make demo` makes; and the absolute place of what is built.
OUT   = $(if $(filter build,$(O)),out,$(O)/out)
B_ABS = $(abspath $(B))

# Asked once and only when something is compiled, since `make demo` on a bare machine installs pkg-config first.
MODULE_CFLAGS = $(eval MODULE_CFLAGS := $$(shell pkg-config --cflags $(MODULES)))$(MODULE_CFLAGS)
MODULE_LIBS   = $(eval MODULE_LIBS := $$(shell pkg-config --libs $(MODULES)))$(MODULE_LIBS)

# The same sums on every machine, since the same input gives the same bytes: no products added without rounding, and no registers of
# 80 bits, which 32-bit x86 has else.
ARITHMETIC = $(eval ARITHMETIC := -ffp-contract=off $$(if $$(filter i386-% i486-% i586-% i686-%,$$(shell $(CC) -dumpmachine)),-msse2 -mfpmath=sse))$(ARITHMETIC)

COMPILE = $(CC) -std=c11 -D_GNU_SOURCE $(ARITHMETIC) $(LIBRARY) $(WARNINGS) $(SANITIZE_$(FLAVOUR)) $(HARDEN_$(FLAVOUR)) -DDIGLOT_INSIDE -Iinclude -Isrc $(MODULE_CFLAGS) $(CPPFLAGS) $(CFLAGS)
LINK    = $(CC) $(SANITIZE_$(FLAVOUR)) $(HARDEN_LINK_$(FLAVOUR)) $(CFLAGS) $(LDFLAGS)

LIBS = -Wl,--as-needed $(MODULE_LIBS) -lm

# Short lines; V=1 shows the commands.
V   =
say = $(if $(V),,@printf '  %-4s %s\n' $(1) $(2);)

STAGES  = base open read pair web type page draw pdf api batch cli
SOURCES = $(sort $(wildcard src/*/*.c))
OBJECTS = $(SOURCES:src/%.c=$(B)/obj/%.o)
LIBRARY_OBJECTS = $(filter-out $(B)/obj/cli/%,$(OBJECTS))
HEADERS = $(sort $(wildcard src/*/*.h include/*.h))

# Tests: all, or with T=NAME tests/unit/test_NAME.c and the goldens below tests/golden/NAME.
T =
ALL_TESTS    = $(patsubst tests/unit/%.c,%,$(sort $(wildcard tests/unit/test_*.c)))
GOLDEN_TOPIC = $(if $(wildcard tests/golden/$(T)/.),$(if $(T),$(T)))
TESTS        = $(if $(T),$(filter test_$(T),$(ALL_TESTS)) $(if $(GOLDEN_TOPIC),test_golden),$(ALL_TESTS))
# What takes a shell runs once, with the plain build.
SCRIPTS      = $(if $(filter plain,$(FLAVOUR)),$(sort $(if $(T),$(wildcard tests/shell/$(T).sh),$(wildcard tests/shell/*.sh))))
# What tests load into the program by LD_PRELOAD.
SHIMS        = $(patsubst tests/shims/%.c,$(B)/tests/%.so,$(sort $(wildcard tests/shims/*.c)))
# The fuzzing targets, in the suite without libFuzzer: T=fuzz has all of them.
ALL_TARGETS  = $(patsubst tests/fuzz/%.c,%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
TARGETS      = $(if $(filter-out fuzz,$(T)),$(filter fuzz_$(T),$(ALL_TARGETS)),$(ALL_TARGETS))
PROGRAMS     = $(sort $(TESTS:%=$(B)/tests/%) $(TARGETS:%=$(B)/tests/%))

# One locale and time zone, no dictionaries and no date from outside: a test says itself when it wants others.
TEST_ENV = env -u LANGUAGE -u SOURCE_DATE_EPOCH -u DIGLOT_DATADIR DIGLOT_BUILD=$(abspath $(O)) DIGLOT_DICTIONARIES= XDG_CACHE_HOME=$(B_ABS)/cache XDG_CONFIG_HOME=$(B_ABS)/config LC_ALL=C.UTF-8 TZ=UTC G_DEBUG=fatal-criticals \
	ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
	LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0

SAMPLES = $(sort $(wildcard tests/samples/*.txt)) $(wildcard ../shared/corpus/dispatch-albania.txt)

.PHONY: all gir pot docs-api wheel tsan tsan-run coverage analyze compilers valgrind valgrind-run mutants quick fuzz fuzz-run fuzz-targets oss-fuzz deps judges demo docs test test-all asan check engines check-engines browser check-browser programs bench bench-round regen install uninstall deb test-deb image sweep cluster nightly clean format style lint order modules FORCE
.DELETE_ON_ERROR:

# The description for other languages (Python, JavaScript, Vala …), where its tools are; a warning of theirs is an error.
GIR      = $(B)/gir
GIR_MADE = $(if $(shell command -v g-ir-scanner),$(GIR)/Diglot-1.typelib)$(if $(and $(shell command -v g-ir-scanner),$(shell command -v vapigen)), $(GIR)/diglot.vapi)

# Languages of messages.  The library has the texts of the template in a table, by which it finds out what a message was made from; msgfmt
# refuses gaps that differ.
LANGUAGES  = $(sort $(patsubst po/%.po,%,$(filter-out po/exclude.po,$(wildcard po/*.po))))
CATALOGUES = $(LANGUAGES:%=$(B)/locale/%/LC_MESSAGES/diglot.mo)

# The sanitizers' own functions are only found in a program.
all: $(B)/diglot $(CATALOGUES) $(if $(filter plain,$(FLAVOUR)),$(B)/libdiglot.so.$(SOVERSION) $(B)/ready/made $(GIR_MADE))

$(B)/diglot: $(filter $(B)/obj/cli/%,$(OBJECTS)) $(B)/libdiglot.a
	$(call say,LINK,$@) $(LINK) $(PIE_$(FLAVOUR)) -o $@ $^ $(LIBS)

# A program that was built elsewhere finds its data beside it as it would in the source tree.
ifneq ($(O),build)
LINKS = $(O)/fonts $(O)/templates $(O)/src
$(B)/diglot: | $(LINKS)
$(LINKS): $(O)/%:
	@mkdir -p $(@D) && ln -sfn '$(CURDIR)/$*' $@
endif

$(B)/libdiglot.a: $(LIBRARY_OBJECTS)
	$(call say,AR,$@) rm -f $@ && $(AR) rcs $@ $^

$(B)/libdiglot.so.$(SOVERSION): $(LIBRARY_OBJECTS) src/libdiglot.map
	$(call say,LINK,$@) $(LINK) -shared -Wl,-soname,libdiglot.so.$(SOVERSION) -Wl,-z,defs -Wl,--version-script=src/libdiglot.map -o $@ $(LIBRARY_OBJECTS) $(LIBS)

$(B)/locale/%/LC_MESSAGES/diglot.mo: po/%.po
	@mkdir -p $(@D)
	$(call say,MO,$@) msgfmt --check -o $@ $<

$(B)/texts/texts.inc: po/diglot.pot
	@mkdir -p $(@D)
	$(call say,AWK,$@) awk '/^msgid "/ { on = 1; sub (/^msgid /, "") } /^msg(id_plural|str)/ { if (on) print ","; on = 0 } on { print }' $< >$@

$(B)/obj/base/speech.o: CPPFLAGS += -I$(B)/texts
$(B)/obj/base/speech.o: $(B)/texts/texts.inc

# The template anew, and the languages with what is new in it, to be translated.
pot:
	po/template.sh >$(O)/diglot.pot && mv $(O)/diglot.pot po/diglot.pot
	@for language in $(LANGUAGES); do msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching po/$$language.po po/diglot.pot && msgattrib --no-obsolete --no-wrap -o po/$$language.po po/$$language.po; done

gir: $(GIR_MADE)

$(GIR)/libdiglot.so: $(B)/libdiglot.so.$(SOVERSION)
	@mkdir -p $(@D) && ln -sf ../libdiglot.so.$(SOVERSION) $@ && ln -sf ../libdiglot.so.$(SOVERSION) $@.$(SOVERSION)

# The scanner writes beside where it is called, which the sources may not allow.
$(GIR)/Diglot-1.gir: include/diglot.h include/diglot-cairo.h src/gir/annotations.h | $(GIR)/libdiglot.so
	$(call say,GIR,$@) cd $(GIR) && LD_LIBRARY_PATH=. g-ir-scanner --quiet --warn-all --warn-error --namespace=Diglot --nsversion=1 --identifier-prefix=Diglot --symbol-prefix=diglot \
	  --include=GLib-2.0 --include=GObject-2.0 --include=cairo-1.0 --pkg-export=diglot --library=diglot -L. -I'$(CURDIR)/include' $(shell pkg-config --cflags gobject-2.0 cairo) \
	  --sources-top-dirs='$(CURDIR)' --c-include=diglot.h --output $(@F) $(^:%='$(CURDIR)/%')

$(GIR)/Diglot-1.typelib: $(GIR)/Diglot-1.gir
	$(call say,GIR,$@) g-ir-compiler -o $@ $<

$(GIR)/diglot.vapi: $(GIR)/Diglot-1.gir
	$(call say,VAPI,$@) vapigen --quiet --library=diglot --pkg=cairo --directory=$(@D) $< && echo cairo >$(@D)/diglot.deps && touch $@

# Pages about the library for a browser, where gi-docgen is; a wheel of the module for Python, which uses the system's library.
docs-api: $(GIR)/Diglot-1.gir
	@command -v gi-docgen >/dev/null || { echo 'diglot: this needs gi-docgen: apt-get install gi-docgen' >&2; exit 1; }
	@sed 's/@version@/$(VERSION)/' src/gir/docs.toml >$(GIR)/docs.toml
	$(call say,DOC,$(B)/api) gi-docgen generate --quiet --fatal-warnings --no-namespace-dir --config=$(GIR)/docs.toml --output-dir=$(B)/api $<

PYTHON = $(firstword $(foreach python,python3 /usr/bin/python3,$(if $(shell $(python) -c 'import build, wheel' 2>/dev/null && echo yes),$(python))))
wheel:
	@[ -n '$(PYTHON)' ] || { echo 'diglot: this needs python3-build and python3-wheel' >&2; exit 1; }
	@rm -rf $(B)/wheel && mkdir -p $(B)/wheel/source && cp -r python/diglot $(B)/wheel/source/ && rm -rf $(B)/wheel/source/diglot/__pycache__
	@sed 's/@version@/$(VERSION)/' python/pyproject.toml.in >$(B)/wheel/source/pyproject.toml
	$(call say,WHL,$(B)/wheel) $(or $(PYTHON),:) -m build --wheel --no-isolation --outdir $(B)/wheel $(B)/wheel/source >$(B)/wheel/log 2>&1 || { tail -n 20 $(B)/wheel/log; exit 1; }

# What is installed of dictionaries and patterns, compiled for use in place; without it runs take longer, but all are as good.
$(B)/ready/made: $(B)/diglot $(wildcard /usr/share/hyphen /usr/share/dictd)
	$(call say,MAKE,$(@D)) mkdir -p $(@D) && { $(B)/diglot --prepare $(@D) || echo 'diglot: nothing lies ready in $(@D)' >&2; } && touch $@

# Other flags make other objects: a tree that was built before they changed would not link.
$(B)/obj/%.o: src/%.c Makefile | modules
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

# The installed data's place is compiled in; another PREFIX compiles that one file again.
$(B)/obj/base/datadir.o: CPPFLAGS += -DDG_DATADIR='"$(datadir)"'
$(B)/obj/base/datadir.o: $(B)/datadir
$(B)/datadir: FORCE
	@mkdir -p $(@D)
	@echo '$(datadir)' | cmp -s - $@ || echo '$(datadir)' > $@

# A clear word where a library is missing, instead of pages of errors.
modules:
	@pkg-config --exists --print-errors $(MODULES) || { echo 'diglot: some libraries are missing; "make deps" installs them on Debian' >&2; exit 1; }

deps:
	@MODULES='$(MODULES)' packaging/deps.sh $(foreach package,$(PACKAGES),'$(package)')

demo: deps
	@$(MAKE) --no-print-directory all
	@mkdir -p $(OUT)
	$(O)/diglot -o $(OUT)/ $(SAMPLES)
	$(O)/diglot --profile print -o $(OUT)/flood-en-ar-print.pdf tests/samples/flood-en-ar.txt
	@ls -l $(OUT)/*.pdf

# Sub-makes, because what they ask pkg-config may only be there after deps.
test: judges
	@$(MAKE) --no-print-directory check

judges: deps
	@$(MAKE) --no-print-directory deps PACKAGES='$(JUDGE_PACKAGES)' || echo 'diglot: not all judges of PDF could be installed' >&2

asan: judges
	@$(MAKE) --no-print-directory check FLAVOUR=asan

# Converters of several threads under ThreadSanitizer.
tsan: | modules
	@$(MAKE) --no-print-directory tsan-run FLAVOUR=tsan CFLAGS='-O1 -g'

tsan-run: $(B)/tests/locks.o $(B)/tests/test_library
	@$(TEST_ENV) TSAN_OPTIONS='halt_on_error=0 exitcode=66 suppressions=$(CURDIR)/tests/tsan/libraries.supp' $(B)/tests/test_library -p /library/threads

# The suite as each of the other compilers makes it.
compilers: judges
	@$(MAKE) --no-print-directory deps PACKAGES='clang'
	@for flavour in $(COMPILERS); do echo "$$flavour:"; $(MAKE) --no-print-directory check FLAVOUR=$$flavour || exit 1; done

# Values that nobody wrote, in what the goldens run, by valgrind: T=TOPIC has that topic's alone.
VALGRIND = valgrind -q --error-exitcode=99 --errors-for-leak-kinds=none --leak-check=no --num-callers=30
valgrind: deps
	@$(MAKE) --no-print-directory deps PACKAGES='valgrind libc6-dbg'
	@$(MAKE) --no-print-directory valgrind-run
valgrind-run: $(B)/tests/test_golden
	@$(TEST_ENV) DIGLOT_GOLDEN=$(GOLDEN_TOPIC) $(VALGRIND) $(B)/tests/test_golden

test-all: judges
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory engines
	@$(MAKE) --no-print-directory browser
	@$(MAKE) --no-print-directory check FLAVOUR=asan

# Nightly: breaks the central modules one sign at a time and tells which breaks no test notices; N and SEED, J at once.
N = 100
SEED = 1
J = 1
mutants:
	@nice python3 tests/mutants/mutants.py -n $(N) -s $(SEED) -j $(J)

# The tests of T= alone (of GLib's, those below P=), up to the first that fails, with nothing built that they do not run.
P =
quick: $(B)/diglot $(PROGRAMS)
	@set -e; for program in $(PROGRAMS); do $(TEST_ENV) DIGLOT_GOLDEN=$(GOLDEN_TOPIC) $$program -q $(if $(P),-p $(P)); done

# What is measured is compiled with what is tested, so that it keeps up.
BENCHES = $(patsubst tests/bench/%.c,$(B)/tests/%.o,$(wildcard tests/bench/*.c))
check: order all programs $(if $(filter plain,$(FLAVOUR)),$(BENCHES))
	@$(TEST_ENV) DIGLOT_GOLDEN=$(GOLDEN_TOPIC) prove -j 2 --exec tests/tap $(PROGRAMS) $(SCRIPTS) :: --tap -k

# What the engines that people read PDFs with give back of our pages; one that cannot be installed is skipped by name.
engines: deps
	@$(MAKE) --no-print-directory deps PACKAGES='$(ENGINE_PACKAGES)' || echo 'diglot: not all engines could be installed' >&2
	@$(MAKE) --no-print-directory check-engines

check-engines: $(B)/tests/engines $(B)/engines/node_modules
	@$(TEST_ENV) DIGLOT_ENGINES=$(B_ABS)/engines prove --exec tests/tap $(B)/tests/engines :: --tap -k

# The review page in a real browser, which is a large package and for test-all only; what cannot be installed is skipped by name.
browser: deps
	@$(MAKE) --no-print-directory deps PACKAGES='$(BROWSER_PACKAGES)' || echo 'diglot: the browser could not be installed' >&2
	@$(MAKE) --no-print-directory check-browser

check-browser: all $(B)/engines/node_modules
	@cd $(B)/engines && $(TEST_ENV) DIGLOT_PROGRAM=$(B_ABS)/diglot DIGLOT_SAMPLES=$(CURDIR)/tests/samples \
	  prove --exec 'sh $(CURDIR)/tests/browser/run.sh' $(CURDIR)/tests/browser/pairs.mjs $(CURDIR)/tests/browser/gallery.mjs $(CURDIR)/tests/browser/web.mjs $(CURDIR)/tests/browser/firefox.mjs

$(B)/engines/node_modules: tests/engines/package.json tests/engines/package-lock.json
	@mkdir -p $(@D) && cp $^ $(@D)
	@cd $(@D) && npm ci --omit=optional --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 >npm.log 2>&1 || \
	  { rm -rf node_modules; echo 'diglot: npm cannot install PDFium, PDF.js, MuPDF and Playwright:' >&2; tail -3 npm.log >&2; }

programs: $(PROGRAMS) $(SHIMS)
	@[ -n '$(strip $(PROGRAMS) $(SCRIPTS))' ] || { echo 'diglot: there is no test "$(T)"; there are: $(ALL_TESTS:test_%=%) $(notdir $(wildcard tests/golden/*) $(basename $(wildcard tests/shell/*.sh)))' >&2; exit 1; }

# What Diglot is measured against.
BENCH_MODULES = pangocairo pangoft2 fontconfig
$(BENCHES): CPPFLAGS += $(shell pkg-config --cflags $(BENCH_MODULES))

$(BENCHES:.o=): %: %.o $(B)/libdiglot.a
	$(call say,LINK,$@) $(LINK) -o $@ $^ $(LIBS) $(shell pkg-config --libs $(BENCH_MODULES))

$(B)/tests/%: $(B)/tests/%.o $(B)/libdiglot.a
	$(call say,LINK,$@) $(LINK) -o $@ $^ $(LOCKED_$(FLAVOUR)) $(LIBS)

$(B)/tests/%.o: tests/tsan/%.c | modules
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(B)/tests/%.o: tests/unit/%.c | modules
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(B)/tests/%.o: tests/engines/%.c | modules
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(B)/tests/%.so: tests/shims/%.c
	@mkdir -p $(@D)
	$(call say,CC,$<) $(CC) -std=c11 -D_GNU_SOURCE $(filter-out -Wpedantic -Wmissing-prototypes,$(WARNINGS)) -fPIC -shared $(CFLAGS) -o $@ $<

$(ALL_TARGETS:%=$(B)/tests/%): $(B)/tests/replay.o

# libFuzzer brings a main of its own.
$(ALL_TARGETS:%=$(B)/libfuzzer/%): $(B)/libfuzzer/%: $(B)/tests/%.o $(B)/libdiglot.a
	@mkdir -p $(@D)
	$(call say,LINK,$@) $(LINK) $(ENGINE) -o $@ $^ $(LIBS)

$(B)/tests/%.o: tests/fuzz/%.c | modules
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

# The checker of PDF/A, PDF/UA and PDF/X: a program, and a test that breaks files on purpose.
CONFORM = $(patsubst tests/conform/%.c,$(B)/tests/%.o,$(filter-out tests/conform/conform.c,$(wildcard tests/conform/*.c)))
$(B)/tests/conform $(B)/tests/test_conform $(B)/tests/test_preflight: $(CONFORM)
$(B)/tests/test_conform.o $(B)/tests/test_preflight.o: CPPFLAGS += -Itests/conform

$(B)/tests/%.o: tests/conform/%.c | modules
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(B)/tests/%.o: tests/bench/%.c | modules
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

# Which lines the suite runs; those of workers are missing where they are ended by a signal or end without a word (_exit).
coverage: deps
	@command -v gcovr >/dev/null || { echo 'diglot: coverage needs gcovr: apt-get install gcovr' >&2; exit 1; }
	@rm -rf $(O)/coverage
	@$(MAKE) --no-print-directory check FLAVOUR=coverage CFLAGS='-O1 -g'
	@gcovr --gcov-ignore-parse-errors --root . --filter src/ --object-directory $(O)/coverage/obj --sort-percentage $(O)/coverage/obj

# The static analyser: gcc's, path by path.  clang's (14) does not know the cleanup attribute, which g_autoptr is made of, and takes
# nearly every use of it for a leak.
analyze: | modules
	@failed=; for file in $(SOURCES); do \
	  gcc -std=c11 -D_GNU_SOURCE -O1 -fanalyzer -Werror -DDIGLOT_INSIDE -Iinclude $(MODULE_CFLAGS) -c -o /dev/null $$file || failed=1; \
	done; [ -z "$$failed" ]

# libFuzzer, which comes with clang (by absolute paths, as a target may go to another folder): T=NAME takes tests/fuzz/fuzz_NAME.c, without it all have their turn of SECONDS.  What is found lies
# in build/fuzz/found; what covers something new is kept in build/fuzz/corpus for the next time.
# HOURS are shared out among the targets, and each corpus is then cut down to what covers anything.
HOURS      =
SECONDS    = $(if $(HOURS),$(shell awk 'BEGIN { print int ($(HOURS) * 3600 / $(words $(TARGETS))) }'),60)
MAX_LENGTH = 20000
fuzz: deps
	@command -v clang >/dev/null || { echo 'diglot: fuzzing needs clang: apt-get install clang, and the libclang-rt package of its release' >&2; exit 1; }
	@$(MAKE) --no-print-directory CC=clang FLAVOUR=fuzz CFLAGS='-O1 -g' fuzz-run

ENGINE = -fsanitize=fuzzer
fuzz-targets: $(ALL_TARGETS:%=$(B)/libfuzzer/%) $(ALL_TARGETS:%=$(B)/tests/%)

# As OSS-Fuzz builds and runs them.
oss-fuzz: deps
	@$(MAKE) --no-print-directory deps PACKAGES='clang zip patchelf'
	tests/fuzz/oss-fuzz/here.sh $(O)/oss-fuzz

fuzz-run: $(TARGETS:%=$(B)/libfuzzer/%) $(TARGETS:%=$(B)/tests/%)
	@mkdir -p $(B)/found
	@for target in $(TARGETS); do \
	  mkdir -p $(B)/corpus/$$target && $(B)/tests/$$target --seeds $(B)/corpus/$$target || exit 1; \
	  echo "$$target:"; \
	  $(TEST_ENV) $(B)/libfuzzer/$$target -max_total_time=$(SECONDS) -timeout=60 -rss_limit_mb=4096 -max_len=$(MAX_LENGTH) \
	    -print_final_stats=1 -artifact_prefix=$(B_ABS)/found/$$target- $(B_ABS)/corpus/$$target >$(B)/$$target.log 2>&1; \
	  status=$$?; \
	  grep -E '^#.*(INITED|DONE)|^stat::(number|average)|ERROR|SUMMARY' $(B)/$$target.log; \
	  [ $$status = 0 ] || exit 1; \
	  [ -z '$(HOURS)' ] || { mkdir -p $(B)/corpus/small && $(B)/libfuzzer/$$target -merge=1 $(B)/corpus/small $(B)/corpus/$$target >>$(B)/$$target.log 2>&1 && \
	    rm -rf $(B)/corpus/$$target && mv $(B)/corpus/small $(B)/corpus/$$target; } || exit 1; \
	done

# The goldens as they would be now; read the difference before keeping it.
regen: all $(B)/tests/test_golden $(B)/tests/test_answers $(B)/tests/test_invented $(B)/tests/test_settings $(B)/tests/test_tongues
	$(if $(filter answers,$(T)),,@$(TEST_ENV) DIGLOT_REGEN=1 DIGLOT_GOLDEN=$(GOLDEN_TOPIC) $(B)/tests/test_golden -q)
	$(if $(filter answers,$(or $(T),answers)),@for test in answers invented settings tongues; do $(TEST_ENV) DIGLOT_REGEN=1 $(B)/tests/test_$$test -q || exit 1; done)
	@git --no-pager diff --stat -- tests/golden tests/answers

# Against Typst as well with TYPST_NODE=FOLDER, which holds its npm package, where the script that runs it is there.
TYPST_RUN = $(if $(TYPST_NODE),$(wildcard ../shared/peers/run-typst.sh))
bench: all $(B)/tests/bench $(B)/tests/bench_layout $(B)/tests/bench_rows $(B)/tests/bench_batch
	@$(TEST_ENV) $(if $(TYPST_RUN),TYPST_RUN=$(TYPST_RUN)) $(B)/tests/bench $(B)/diglot $(lastword $(SAMPLES))
	@$(TEST_ENV) $(B)/tests/bench_layout $(SAMPLES)
	@$(TEST_ENV) $(B)/tests/bench_rows $(B)/diglot tests/samples/flood-en-ar.txt
	@$(TEST_ENV) $(B)/tests/bench_batch 200 $(SAMPLES)

# The same beside the commit that the budget of this round is counted from: a warm dispatch may cost 35 % more, a row 20 %, a worker 30 MiB.
ROUND = acadf719
bench-round: all $(B)/tests/bench $(B)/tests/bench_rows $(B)/tests/bench_batch
	@$(TEST_ENV) tests/bench/round.sh $(ROUND) $(lastword $(SAMPLES))

# The pictures in docs/, drawn by the program itself, and the lists of keys, from the program's own.
docs: deps
	@$(MAKE) --no-print-directory deps PACKAGES='$(DOCS_PACKAGES)'
	@$(MAKE) --no-print-directory all $(B)/tests/test_keys
	sh docs/figures.sh
	sh docs/languages.sh $(B)/diglot
	@$(TEST_ENV) DIGLOT_REGEN=1 $(B)/tests/test_keys -q

# What is installed below docdir, as the links between the documents have it; and what below datadir.
DOCUMENTS = README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE $(wildcard docs/*.md docs/ar/*.md docs/*.png docs/*.json)
EXAMPLES  = $(wildcard tests/samples/* examples/*)
DATA      = $(shell find templates fonts -type f)
MANUALS   = $(wildcard docs/*.[1-8])

install: all
	install -D -m 755 $(O)/diglot "$(DESTDIR)$(bindir)/diglot"
	install -D -m 644 include/diglot.h "$(DESTDIR)$(includedir)/diglot.h"
	install -D -m 644 include/diglot-cairo.h "$(DESTDIR)$(includedir)/diglot-cairo.h"
	install -D -m 644 $(O)/libdiglot.a "$(DESTDIR)$(libdir)/libdiglot.a"
	install -D -m 755 $(O)/libdiglot.so.$(SOVERSION) "$(DESTDIR)$(libdir)/libdiglot.so.$(VERSION)"
	ln -sf libdiglot.so.$(VERSION) "$(DESTDIR)$(libdir)/libdiglot.so.$(SOVERSION)"
	ln -sf libdiglot.so.$(SOVERSION) "$(DESTDIR)$(libdir)/libdiglot.so"
	install -d "$(DESTDIR)$(libdir)/pkgconfig"
	sed -e 's,@prefix@,$(PREFIX),' -e 's,@libdir@,$(libdir),' -e 's,@includedir@,$(includedir),' -e 's,@version@,$(VERSION),' \
	  -e 's/@public_modules@/$(PUBLIC_MODULES)/' -e 's,@private@,$(MODULE_LIBS) -lm,' \
	  src/diglot.pc.in > "$(DESTDIR)$(libdir)/pkgconfig/diglot.pc"
	sed -e 's,@version@,$(VERSION),' src/diglot-cairo.pc.in > "$(DESTDIR)$(libdir)/pkgconfig/diglot-cairo.pc"
	@for page in $(MANUALS); do \
	  install -D -m 644 "$$page" "$(DESTDIR)$(mandir)/man$${page##*.}/$${page##*/}" || exit 1; \
	done
	@for page in $(wildcard docs/ar/*.[1-8]); do \
	  install -D -m 644 "$$page" "$(DESTDIR)$(mandir)/ar/man$${page##*.}/$${page##*/}" || exit 1; \
	done
	@for file in $(DATA); do \
	  install -D -m 644 "$$file" "$(DESTDIR)$(datadir)/$$file" || exit 1; \
	done
	@for file in $(DOCUMENTS); do \
	  install -D -m 644 "$$file" "$(DESTDIR)$(docdir)/$$file" || exit 1; \
	done
	@for file in $(EXAMPLES); do \
	  install -D -m 644 "$$file" "$(DESTDIR)$(docdir)/examples/$${file##*/}" || exit 1; \
	done
	@for language in $(LANGUAGES); do \
	  install -D -m 644 $(O)/locale/$$language/LC_MESSAGES/diglot.mo "$(DESTDIR)$(localedir)/$$language/LC_MESSAGES/diglot.mo" || exit 1; \
	done
	$(if $(DESTDIR),,"$(bindir)/diglot" --prepare "$(datadir)/ready")
	$(if $(GIR_MADE),install -D -m 644 $(GIR)/Diglot-1.gir "$(DESTDIR)$(girdir)/Diglot-1.gir")
	$(if $(GIR_MADE),install -D -m 644 $(GIR)/Diglot-1.typelib "$(DESTDIR)$(libdir)/girepository-1.0/Diglot-1.typelib")
	$(if $(filter %.vapi,$(GIR_MADE)),install -D -m 644 $(GIR)/diglot.vapi "$(DESTDIR)$(vapidir)/diglot.vapi" && install -m 644 $(GIR)/diglot.deps "$(DESTDIR)$(vapidir)/diglot.deps")
	$(if $(GIR_MADE),install -d "$(DESTDIR)$(pythondir)/diglot" && install -m 644 python/diglot/* "$(DESTDIR)$(pythondir)/diglot")
	install -D -m 755 src/desktop/diglot-thumbnailer "$(DESTDIR)$(PREFIX)/libexec/diglot/diglot-thumbnailer"
	install -D -m 644 src/desktop/diglot.desktop "$(DESTDIR)$(PREFIX)/share/applications/diglot.desktop"
	install -D -m 644 src/desktop/diglot.xml "$(DESTDIR)$(PREFIX)/share/mime/packages/diglot.xml"
	install -d "$(DESTDIR)$(PREFIX)/share/thumbnailers"
	sed 's,=diglot-thumbnailer,=$(PREFIX)/libexec/diglot/diglot-thumbnailer,' src/desktop/diglot.thumbnailer >"$(DESTDIR)$(PREFIX)/share/thumbnailers/diglot.thumbnailer"
	install -D -m 644 src/completion/diglot.bash "$(DESTDIR)$(bashdir)/diglot"
	install -D -m 644 src/completion/_diglot "$(DESTDIR)$(zshdir)/_diglot"
	install -D -m 644 src/completion/diglot.fish "$(DESTDIR)$(fishdir)/diglot.fish"

# Each file by its name, and the folders of Diglot's own where nothing else lies in them.
uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/libexec/diglot/diglot-thumbnailer" "$(DESTDIR)$(PREFIX)/share/applications/diglot.desktop"
	rm -f "$(DESTDIR)$(PREFIX)/share/mime/packages/diglot.xml" "$(DESTDIR)$(PREFIX)/share/thumbnailers/diglot.thumbnailer"
	rm -f "$(DESTDIR)$(girdir)/Diglot-1.gir" "$(DESTDIR)$(libdir)/girepository-1.0/Diglot-1.typelib" "$(DESTDIR)$(vapidir)/diglot.vapi" "$(DESTDIR)$(vapidir)/diglot.deps"
	@for file in python/diglot/*; do rm -f "$(DESTDIR)$(pythondir)/diglot/$${file##*/}"; done
	rm -rf "$(DESTDIR)$(pythondir)/diglot/__pycache__" && { rmdir "$(DESTDIR)$(pythondir)/diglot" 2>/dev/null || :; }
	rm -f "$(DESTDIR)$(bindir)/diglot" "$(DESTDIR)$(includedir)/diglot.h" "$(DESTDIR)$(includedir)/diglot-cairo.h" "$(DESTDIR)$(bashdir)/diglot" "$(DESTDIR)$(zshdir)/_diglot" "$(DESTDIR)$(fishdir)/diglot.fish"
	rm -f "$(DESTDIR)$(libdir)/libdiglot.a" "$(DESTDIR)$(libdir)/libdiglot.so" "$(DESTDIR)$(libdir)/libdiglot.so.$(SOVERSION)"
	rm -f "$(DESTDIR)$(libdir)/libdiglot.so.$(VERSION)" "$(DESTDIR)$(libdir)/pkgconfig/diglot.pc" "$(DESTDIR)$(libdir)/pkgconfig/diglot-cairo.pc"
	@for page in $(MANUALS); do rm -f "$(DESTDIR)$(mandir)/man$${page##*.}/$${page##*/}"; done
	@for page in $(wildcard docs/ar/*.[1-8]); do rm -f "$(DESTDIR)$(mandir)/ar/man$${page##*.}/$${page##*/}"; done
	@for language in $(LANGUAGES); do rm -f "$(DESTDIR)$(localedir)/$$language/LC_MESSAGES/diglot.mo"; done
	@for file in $(DATA); do rm -f "$(DESTDIR)$(datadir)/$$file"; done
	@for file in $(DOCUMENTS); do rm -f "$(DESTDIR)$(docdir)/$$file"; done
	@for file in $(EXAMPLES); do rm -f "$(DESTDIR)$(docdir)/examples/$${file##*/}"; done
	rm -f "$(DESTDIR)$(datadir)"/ready/lexicon.* "$(DESTDIR)$(datadir)"/ready/hyphens.*
	@for folder in "$(DESTDIR)$(datadir)" "$(DESTDIR)$(docdir)"; do \
	  [ ! -d "$$folder" ] || find "$$folder" -depth -type d -empty -delete; \
	done

# Debian packages of this machine's release from what git knows of, in build/deb.
DEB_PACKAGES = build-essential debhelper dpkg-dev fakeroot lintian $(GIR_PACKAGES) dh-python python3
deb: deps
	@$(MAKE) --no-print-directory deps PACKAGES='$(DEB_PACKAGES)'
	rm -rf $(O)/deb
	mkdir -p $(O)/deb/source
	{ git ls-files -co --exclude-standard 2>/dev/null || find . -path ./build -prune -o -path ./out -prune -o -type f -print; } | tar cf - -T - | tar xf - -C $(O)/deb/source
	cd $(O)/deb/source && unset MAKEFLAGS && dpkg-buildpackage -us -uc -b >../build.log 2>&1 || { tail -n 40 ../build.log; exit 1; }
	lintian --allow-root --fail-on error,warning --suppress-tags bad-distribution-in-changes-file $(O)/deb/*.changes
	@ls $(O)/deb/*.deb

# The packages of a release, made in a root of its own and tried in another: for root, with debootstrap.
SUITE = $(shell . /etc/os-release && echo $$VERSION_CODENAME)
ARCH  = $(shell dpkg --print-architecture)
ROOTS = $(abspath $(O))/roots
test-deb:
	DIGLOT_BUILD='$(abspath $(O))' LABEL=-deb tests/clean-root.sh $(SUITE) $(ARCH) 'apt-get install -y make' 'make deb'
	DIGLOT_BUILD='$(abspath $(O))' LABEL=-install FILES=$(ROOTS)/$(SUITE)-$(ARCH)-deb/deb tests/clean-root.sh $(SUITE) $(ARCH) tests/clean-debs.sh

# The image, and a run of it; for root.
IMAGE = $(O)/image/diglot-$(VERSION)-$(ARCH).oci.tar
image: deb
	@$(MAKE) --no-print-directory deps PACKAGES='debootstrap umoci runc'
	packaging/image.sh $(O)/deb $(SUITE) $(IMAGE)
	tests/image.sh $(IMAGE)

# What fails below the program, one thing at a time: every STEPth time that memory is asked for, where the suite takes few of them.
STEP = 1
sweep: all programs
	@$(TEST_ENV) STEP=$(STEP) tests/shell/sweep.sh

# All that is too long for every change.
cluster: $(B)/diglot
	@$(MAKE) --no-print-directory deps PACKAGES='$(CLUSTER_PACKAGES)'
	tests/cluster/run.sh $(B)/diglot

nightly:
	DIGLOT_BUILD='$(abspath $(O))' tests/nightly.sh

# In a folder that was named, only what was made there: it may be somebody's home.
BUILT = api asan cache clang config coverage datadir deb diglot engines fonts fuzz image roots libdiglot.a libdiglot.so.$(SOVERSION) mutants o1 o3 locale obj out src templates tests texts wheel
clean:
	rm -rf $(if $(filter build,$(O)),build,$(BUILT:%=$(O)/%))

# The tree as .clang-format wants it.  Releases of clang-format differ in small things, so one of them decides.
FORMAT_RELEASE = 14
FORMATTED      = $(sort $(wildcard include/*.h src/*/*.[ch] tests/*/*.[ch]))
CLANG_FORMAT   = $(firstword $(shell command -v clang-format-$(FORMAT_RELEASE)) $(if $(findstring version $(FORMAT_RELEASE).,$(shell clang-format --version 2>/dev/null)),clang-format))
format:
	@[ -n '$(CLANG_FORMAT)' ] || { echo 'diglot: this needs clang-format-$(FORMAT_RELEASE)' >&2; exit 1; }
	@$(or $(CLANG_FORMAT),:) -i $(FORMATTED)

style:
	@if [ -n '$(CLANG_FORMAT)' ]; then $(or $(CLANG_FORMAT),:) --dry-run -Werror $(FORMATTED); \
	else echo 'diglot: clang-format-$(FORMAT_RELEASE) is not here; the form of the sources is not looked at' >&2; fi

# No file includes in a circle, a .c and its .h taken for one.  A folder of src/ includes itself and the folders it stands on; pdf is a device of draw, cli sees diglot.h alone.
STANDS_base  =
STANDS_open  = base
STANDS_read  = base
STANDS_pair  = $(STANDS_read) read
STANDS_web   = $(STANDS_pair) pair
STANDS_type  = base
STANDS_page  = $(STANDS_pair) pair type
STANDS_draw  = $(STANDS_page) page
STANDS_pdf   = $(STANDS_draw) draw
STANDS_api   = $(STANDS_pdf) pdf web open
STANDS_batch = $(STANDS_api) api
STANDS_cli   =
order:
	@$(foreach stage,$(STAGES),! grep -rn '#include "[a-z]*/' src/$(stage) $(foreach below,$(stage) $(STANDS_$(stage)),| grep -v '#include "$(below)/') | grep . || \
	  { echo 'diglot: src/$(stage) includes only: $(or $(strip $(STANDS_$(stage))),nothing else)' >&2; exit 1; };)
	@grep -r '#include "[a-z]*/' src | \
	  sed -nE 's,^src/([a-z]+/[a-z_0-9]+)\.[ch]:#include "([a-z]+/[a-z_0-9]+)\.h".*,\1 \2,p' | awk '$$1 != $$2' | tsort >/dev/null

# Form and order, both compilers without a warning, every header by itself, and cppcheck where it is installed.
lint: order style $(B)/texts/texts.inc | modules
	@po/template.sh | diff -u po/diglot.pot - || { echo 'diglot: po/diglot.pot is not what the sources say; "make pot" writes it' >&2; exit 1; }
	@for language in $(LANGUAGES); do msgcmp --no-fuzzy-matching po/$$language.po po/diglot.pot || exit 1; done
	@for file in $(SOURCES) $(wildcard tests/unit/*.c tests/bench/*.c tests/conform/*.c tests/engines/*.c tests/fuzz/*.c tests/shims/*.c); do \
	  for cc in gcc clang; do \
	    command -v $$cc >/dev/null || continue; \
	    $$cc -std=c11 -D_GNU_SOURCE -fsyntax-only $(WARNINGS) -Werror -DDIGLOT_INSIDE -Iinclude -Isrc -I$(B)/texts -Itests/conform $(MODULE_CFLAGS) $$file || exit 1; \
	  done; \
	done
	@for file in $(HEADERS); do \
	  echo 'extern int unit;' | $(CC) -std=c11 -D_GNU_SOURCE -fsyntax-only $(WARNINGS) -Werror -DDIGLOT_INSIDE -Iinclude -Isrc $(MODULE_CFLAGS) -include $$file -x c - || exit 1; \
	done
	@! command -v cppcheck >/dev/null || \
	  cppcheck --quiet --std=c11 --error-exitcode=1 --enable=warning,portability --inline-suppr --suppress=missingInclude \
	    --suppress=unknownMacro --suppress=varFuncNullUB --suppress=allocaCalled --library=gtk -Iinclude -Isrc src

-include $(OBJECTS:.o=.d) $(wildcard $(B)/tests/*.d)
.SECONDARY:
endif
