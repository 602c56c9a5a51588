# postflow. `make help` lists the targets. Everything built goes to $(B); one file says how.

B ?= build
prefix ?= /usr/local
DESTDIR ?=
CC ?= cc
AR ?= ar
INSTALL ?= install
CLANG_FORMAT ?= clang-format

# --- what it is made of -----------------------------------------------------------------------

# Bottom to top (design.md section 3). Every .c file of a layer's folder belongs to it. A layer may
# be empty.
ENGINE = base doc expr flow check call explore session
TUI    = term view line cli

# pkg-config names, each used by one layer alone (tests/lint holds the same list for headers).
# Expanded late: `make check` on a new machine installs them first.
pkgs_base = libutf8proc
pkgs_doc  = libcjson yaml-0.1
pkgs_expr = gmp
pkgs_term = ncursesw
pkgs_line = libedit
pkgs_test = cmocka vterm

# What `make run` plays where there is no terminal.
SAMPLE_CALL = test samples/scenarios/main-line-survey.scenario.json --trace

# --- flags ------------------------------------------------------------------------------------

CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 \
    -Werror=format-security -Wvla -Wswitch

# Flags that not every compiler or processor has are probed.
has = $(shell $(CC) -Werror $(1) -E -x c /dev/null >/dev/null 2>&1 && echo $(1))
# SAN=1: sanitizers, without fortify and automatic initialisation, which would hide faults from them.
ifeq ($(SAN),1)
HARDENING = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LINK_HARDENING = $(HARDENING)
else
HARDENING := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fno-strict-aliasing \
    -fPIE $(call has,-fstack-clash-protection) $(call has,-fcf-protection=full) \
    $(call has,-ftrivial-auto-var-init=zero)
LINK_HARDENING = -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed
endif

COMPILE = $(CC) -std=c17 -D_GNU_SOURCE=1 -I. $(CPPFLAGS) $(CFLAGS) $(WARNINGS) $(HARDENING)
LINK = $(CC) $(CFLAGS) $(LINK_HARDENING) $(LDFLAGS)
pkg_cflags = $(if $(strip $(1)),$(shell pkg-config --cflags $(1)))
pkg_libs = $(if $(strip $(1)),$(shell pkg-config --libs $(1)))

.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:

.PHONY: all
all: ## builds $(B)/postflow
all: archives $(if $(wildcard tui/main.c),$(B)/postflow)

# --- objects ----------------------------------------------------------------------------------

# $(call object,FILE.c...)
object = $(patsubst %.c,$(B)/%.o,$(1))

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(COMPILE) $(OBJECT_FLAGS) -MMD -MP -c -o $@ $<

# Rewritten only when its content changes: other flags rebuild every object, another list of
# sources every archive and program.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) | $(LINK)' | cmp -s - $@ || echo '$(COMPILE) | $(LINK)' >$@

SOURCES = $(sort $(wildcard engine/*/*.c tui/*.c tui/*/*.c tests/unit/*/*.c \
    tests/headless/*.c tests/tty/*.c tests/bench/*.c tests/manual/*.c))
$(B)/sources: FORCE
	@mkdir -p $(@D)
	@echo '$(SOURCES)' | cmp -s - $@ || echo '$(SOURCES)' >$@

.PHONY: FORCE archives
FORCE:

-include $(patsubst %.o,%.d,$(call object,$(SOURCES)))

# --- layers and their unit tests --------------------------------------------------------------

# $(call layer,ROOT,NAME,LAYERS BELOW IT TOP FIRST): the archive $(B)/NAME.a from ROOT/NAME/*.c and
# one program for each tests/unit/NAME/test_*.c, linked with that archive and those below. The other
# .c files in tests/unit/NAME are support, linked into each, with what a layer borrows of another's.
borrowed_view := tests/unit/call/every.c tests/unit/call/cases.c
define layer
sources_$(2) := $$(sort $$(wildcard $(1)/$(2)/*.c))
tests_$(2) := $$(sort $$(wildcard tests/unit/$(2)/test_*.c))
support_$(2) := $$(filter-out $$(tests_$(2)),$$(sort $$(wildcard tests/unit/$(2)/*.c))) $$(borrowed_$(2))
programs_$(2) := $$(patsubst %.c,$(B)/%,$$(tests_$(2)))
links_$(2) := $$(patsubst %,$(B)/%.a,$(2) $(3))
libs_$(2) = $$(foreach l,$(2) $(3),$$(pkgs_$$(l)))

archives: $(B)/$(2).a
$(B)/$(2).a: $$(call object,$$(sources_$(2))) $(B)/sources
	@mkdir -p $$(@D) && rm -f $$@
	$(AR) rcs $$@ $$(filter %.o,$$^)
$(B)/$(1)/$(2)/%.o: OBJECT_FLAGS = $$(call pkg_cflags,$$(pkgs_$(2)))

$$(programs_$(2)): $(B)/%: $(B)/%.o $$(call object,$$(support_$(2))) $$(links_$(2)) $(B)/sources
	$$(LINK) -o $$@ $$(filter %.o,$$^) $$(links_$(2)) $$(PROGRAM_FLAGS) \
	    $$(call pkg_libs,$$(libs_$(2)) $$(pkgs_test)) -lm
$(B)/tests/unit/$(2)/%.o: OBJECT_FLAGS = $$(call pkg_cflags,$$(pkgs_test))

units: $$(programs_$(2))
.PHONY: unit-$(2)
unit-$(2): $$(programs_$(2))
	@tests/run $(B) unit/$(2)/
endef

.PHONY: units
# what has been declared so far, top first
below :=
$(foreach l,$(ENGINE),$(eval $(call layer,engine,$(l),$(below)))$(eval below := $(l) $(below)))
engine := $(below)
$(eval $(call layer,tui,term,$(engine)))
$(eval $(call layer,tui,view,term $(engine)))
$(eval $(call layer,tui,line,view term $(engine)))
$(eval $(call layer,tui,cli,line view term $(engine)))

# The view draws into a grid of cells: what it uses of tui/term must link without the terminal.
libs_view := $(filter-out $(pkgs_term),$(libs_view))

# Each call of the system that saving makes can be made to fail.
WRAPPED = open openat write read fsync close renameat renameat2 ftruncate stat lstat \
    fstat fstatat fchmod fchown listxattr getxattr fsetxattr fremovexattr
$(programs_base): PROGRAM_FLAGS = $(WRAPPED:%=-Wl,--wrap=%)

# --- programs ---------------------------------------------------------------------------------

$(B)/postflow: $(B)/tui/main.o $(links_cli) $(B)/sources
	$(LINK) -o $@ $< $(links_cli) $(call pkg_libs,$(libs_cli)) -lm

# $(call programs,FOLDER,PATTERN,TOP LAYER,PKGS): one program for each tests/FOLDER/PATTERN, linked
# with that layer, the layers below it and the folder's other .c files.
define programs
programs_$(1) := $$(patsubst %.c,$(B)/%,$$(sort $$(wildcard tests/$(1)/$(2))))
support_$(1) := $$(filter-out $$(wildcard tests/$(1)/$(2)),$$(sort $$(wildcard tests/$(1)/*.c)))
$$(programs_$(1)): $(B)/%: $(B)/%.o $$(call object,$$(support_$(1))) $(links_$(3)) $(B)/sources
	$$(LINK) -o $$@ $$(filter %.o,$$^) $$(ARCHIVE_FLAGS) $(links_$(3)) -Wl,--no-whole-archive \
	    $$(call pkg_libs,$$(libs_$(3)) $(4)) -lm
endef

# The engine without a screen (tests/lint looks at what it is linked with), programs on a terminal,
# the pages of the manual that are made, and, for `make bench` alone, those that measure.
$(eval $(call programs,headless,*.c,session))
$(eval $(call programs,tty,*.c,cli,$(pkgs_test)))
$(eval $(call programs,manual,pages.c,flow))
$(eval $(call programs,bench,bench_*.c,cli,$$(pkgs_bench)))
# A peer of the benches that may be missing.
pkgs_bench := $(shell pkg-config --exists lua5.4 2>/dev/null && echo lua5.4)
$(B)/tests/bench/bench_expr.o: OBJECT_FLAGS = $(if $(pkgs_bench),-DWITH_LUA $(call pkg_cflags,$(pkgs_bench)))
# Every object of the engine, not only what is used.
$(programs_headless): ARCHIVE_FLAGS = -Wl,--whole-archive
PROGRAMS = $(programs_headless) $(programs_tty) $(programs_manual)

# --- targets for people -----------------------------------------------------------------------

.PHONY: help deps run check check-here asan fuzz-expr lint format bench manual install clean
help: ## lists the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | \
	    awk -F'|' '{ gsub(/\$$\(B\)/, "$(B)", $$2); printf "%-18s %s\n", $$1, $$2 }'
	@echo '  make unit-LAYER    builds and runs the unit tests of one layer'
	@echo '  B=folder, SAN=1 (sanitizers), CC=clang, CFLAGS, prefix, DESTDIR'

deps: ## installs the libraries that are not here (apt, as root or through sudo)
	@CC='$(CC)' tests/deps $(foreach l,$(ENGINE) $(TUI) test,$(pkgs_$(l)))

run: ## the designer on samples/; without a terminal plays the sample's call
run: deps
	@$(MAKE) --no-print-directory all
	@if [ -t 0 ] && [ -t 1 ]; then $(B)/postflow samples/; else $(B)/postflow $(SAMPLE_CALL); fi

check: ## builds everything and runs every test; the last line counts them
check: deps
	@$(MAKE) --no-print-directory check-here

check-here: all units $(PROGRAMS)
	@CC='$(CC)' tests/run $(B)

asan: ## the same with AddressSanitizer and UndefinedBehaviorSanitizer
asan: deps
	@$(MAKE) --no-print-directory check-here B=$(B)-asan SAN=1

SECONDS ?= 600
fuzz-expr: ## expressions by chance under the sanitizers: SECONDS=600 SEED=1, or CASE=SEED:NUMBER
	@$(MAKE) --no-print-directory B=$(B)-asan SAN=1 $(B)-asan/tests/unit/expr/test_fuzz
	FUZZ_SECONDS=$(SECONDS) FUZZ_SEED=$(SEED) FUZZ_CASE=$(CASE) FUZZ_LAST=$(B)-asan/fuzz-expr.last \
	    $(B)-asan/tests/unit/expr/test_fuzz

lint: ## layers, headers, banned functions, headless linking, sizes, READMEs
lint: deps
	@$(MAKE) --no-print-directory archives $(PROGRAMS)
	@CC='$(CC)' tests/run $(B) lint

format: ## formats the sources
	@$(CLANG_FORMAT) -i $(SOURCES) $(wildcard engine/*/*.h tui/*.h tui/*/*.h tests/unit/*/*.h)

bench: ## measures against its peers (tests/bench); never part of check
bench: all $(programs_bench)
	@if [ -x tests/bench/run ]; then tests/bench/run $(B); else echo 'tests/bench/run is not here'; fi

# The pages that tests/manual/pages.c makes of the tables.
PAGES = actions expr rules
manual: ## writes the pages of the manual that are made of the program's tables
manual: $(programs_manual)
	set -e; for page in $(PAGES); do $< $$page >man/postflow-$$page.7; done

install: ## installs program, manual and samples below $(DESTDIR)$(prefix)
install: all
	$(INSTALL) -d $(DESTDIR)$(prefix)/bin
	$(INSTALL) -m 755 $(B)/postflow $(DESTDIR)$(prefix)/bin/postflow
	set -e; for page in $(wildcard man/*.[1-9]); do \
	    $(INSTALL) -D -m 644 $$page $(DESTDIR)$(prefix)/share/man/man$${page##*.}/$${page##*/}; done
	set -e; find samples -type f | while read -r file; do \
	    $(INSTALL) -D -m 644 "$$file" "$(DESTDIR)$(prefix)/share/postflow/$$file"; done

clean: ## removes what was built
	rm -rf $(B) $(B)-asan
