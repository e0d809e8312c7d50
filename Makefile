# Paperboy.  "make demo" shows it, "make test" proves it, "make help" lists all.
#
# Objects go to build/$(VARIANT)/.  Variants: release (default), test (ASan and
# UBSan), and whatever CC=clang makes of them (build/release-clang/...).

VERSION := 0.1.0

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:

JOBS    ?= $(shell nproc)
VARIANT ?= release
BUILD   := build/$(VARIANT)$(if $(filter clang%,$(CC)),-clang)

PACKAGES := libcurl libcjson libwebsockets sqlite3 libuv expat glib-2.0 \
            inih libssl libcrypto zlib libedit libxml-2.0
PKG_CFLAGS = $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')
PKG_LIBS   = $(shell pkg-config --libs $(PACKAGES)) -lunistring -lm

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wwrite-strings -Werror
CPPFLAGS += -I. -D_GNU_SOURCE -DPAPERBOY_VERSION='"$(VERSION)"'
CFLAGS   ?= -O2 -g
# V=1 shows the commands.
Q = $(if $(V),,@)
say = $(if $(V),,@echo "  $(1)	$(2)")

ALL_CFLAGS = -std=c11 $(WARNINGS) $(CFLAGS) $(VARIANT_CFLAGS) \
             -include bot/base/banned.h
ifeq ($(VARIANT),test)
VARIANT_CFLAGS := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
                  -fno-sanitize-recover=all
endif
ifeq ($(VARIANT),fuzz)
VARIANT_CFLAGS := -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all \
                  -fsanitize=fuzzer-no-link,address,undefined
endif

SOURCES := $(sort $(wildcard bot/*.c bot/*/*.c adapters/*.c adapters/*/*.c store/*.c))
SUPPORT := $(sort $(wildcard tests/support/*.c))
TESTS   := $(sort $(wildcard tests/unit/*_test.c tests/contract/*_test.c \
             tests/scenario/*_test.c tests/wire/*_test.c tests/daemon/*_test.c))
BENCHES := $(sort $(wildcard tests/bench/*.c))
FUZZERS := $(sort $(wildcard tests/fuzz/*_fuzz.c))
HEADERS := $(sort $(wildcard bot/*.h bot/*/*.h adapters/*.h adapters/*/*.h \
             store/*.h tests/*/*.h))

OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out bot/main.c,$(SOURCES)))
SUPPORTO := $(patsubst %.c,$(BUILD)/%.o,$(SUPPORT))
PROGRAM  := $(BUILD)/paperboy
TESTBINS := $(patsubst %.c,$(BUILD)/%,$(TESTS))
BENCHBINS := $(patsubst %.c,$(BUILD)/%,$(BENCHES))
FUZZBINS := $(patsubst %.c,$(BUILD)/%,$(FUZZERS))

all: paperboy

paperboy: $(PROGRAM)
	@ln -sf $(PROGRAM) paperboy

$(BUILD)/libpaperboy.a: $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/libsupport.a: $(SUPPORTO)
	@rm -f $@
	@ar rcs $@ $^

$(PROGRAM): $(BUILD)/bot/main.o $(BUILD)/libpaperboy.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/%.o: %.c Makefile | packages
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(PKG_CFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%_test: $(BUILD)/tests/%_test.o $(BUILD)/libsupport.a \
                       $(BUILD)/libpaperboy.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lcmocka

$(BUILD)/tests/%_fuzz: $(BUILD)/tests/%_fuzz.o $(BUILD)/libsupport.a \
                       $(BUILD)/libpaperboy.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libsupport.a \
                     $(BUILD)/libpaperboy.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lcmocka

-include $(patsubst %.c,$(BUILD)/%.d,$(SOURCES) $(SUPPORT) $(TESTS) $(BENCHES) \
             $(FUZZERS))

# What is missing is named, with the command, before a compiler fails on it.
packages:
	@tests/deps.sh check

deps:
	@tests/deps.sh install

test:
	@tests/deps.sh ensure test
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=test run-tests

run-tests: $(TESTBINS) $(PROGRAM)
	@PAPERBOY_PROGRAM=$(abspath $(PROGRAM)) tests/run.sh $(TESTBINS)

# Real servers and other people's clients; PEERS="word word" runs only what has
# one of the words in its claim; test-matrix and the like run one family.
test-peers test-matrix test-slack test-server test-writers:
	@tests/deps.sh ensure peers
	@tests/peers/setup.sh
	@PEERS_FAMILY=$(filter matrix slack server writers,$(@:test-%=%)) \
		$(MAKE) --no-print-directory -s -j$(JOBS) VARIANT=test run-peers

run-peers: $(PROGRAM)
	@PAPERBOY_PROGRAM=$(abspath $(PROGRAM)) tests/peers/run.sh $(PEERS)

# FUZZ_SECONDS=30 for each target; what is found stays in build/fuzz/.
fuzz:
	@tests/deps.sh ensure fuzz
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=fuzz CC=clang run-fuzz

run-fuzz: $(FUZZBINS)
	@tests/fuzz.sh $(FUZZBINS)

# The content model, learnt anew from the weeks below $PAPERBOY_SHARED: equal
# weeks give equal bytes, whatever model the program had before.
MODEL := bot/data/content_model.c
WEEKS = $(sort $(wildcard $(PAPERBOY_SHARED)/data/public/eval/candidates-*.jsonl.gz))

train:
	@tests/deps.sh ensure test
	@test -n "$(WEEKS)" || { echo "PAPERBOY_SHARED names no folder with \
	data/public/eval" >&2; exit 1; }
	@$(MAKE) --no-print-directory -s build/release/tests/bench/selection_train
	@build/release/tests/bench/selection_train $(WEEKS) >build/content_model.c
	@cmp -s build/content_model.c $(MODEL) && echo "$(MODEL): as it was" || \
	    { cp build/content_model.c $(MODEL); echo "$(MODEL): written"; }

# How well the selection agrees with what people picked, each week by a model
# that never saw it, beside other ways; scikit-learn in a folder of its own.
bench-selection:
	@tests/deps.sh ensure bench
	@$(MAKE) --no-print-directory -s build/release/tests/bench/selection_bench
	@tests/bench/selection.sh

# What it costs beside what people would pick instead, in one table; BENCH="word
# word" runs only works that have one of the words in their name.
bench:
	@tests/deps.sh ensure bench
	@$(MAKE) --no-print-directory -s -j$(JOBS) VARIANT=release paperboy \
		$(patsubst %.c,build/release/%,$(BENCHES))
	@tests/bench/setup.sh
	@python3 tests/bench/make_data.py build/bench/data
	@PYTHONDONTWRITEBYTECODE=1 python3 tests/bench/bench.py $(BENCH)

demo:
	@tests/deps.sh ensure demo
	@$(MAKE) --no-print-directory -s -j$(JOBS) paperboy
	@bot/dist/demo.sh

# The sample day as a reader sees it, in build/pictures/; KEEP=1 renews the
# README's two in bot/dist/pictures/; and as it stands in Slack.
pictures:
	@tests/deps.sh ensure pictures
	@$(MAKE) --no-print-directory -s -j$(JOBS) paperboy
	@bot/dist/pictures.sh
	@tests/deps.sh ensure test
	@$(MAKE) --no-print-directory -s -j$(JOBS) VARIANT=test \
		build/test/tests/unit/slack_sample_test
	@bot/dist/slack_pictures.sh

# make install PREFIX=/usr DESTDIR=/tmp/package; make uninstall takes the same.
PREFIX      ?= /usr/local
BINDIR      ?= $(PREFIX)/bin
MANDIR      ?= $(PREFIX)/share/man
DATADIR     ?= $(PREFIX)/share/paperboy
DOCDIR      ?= $(PREFIX)/share/doc/paperboy
UNITDIR     ?= $(PREFIX)/lib/systemd/system
SYSUSERSDIR ?= $(PREFIX)/lib/sysusers.d
UNIT        := $(DESTDIR)$(UNITDIR)/paperboy.service

install: $(PROGRAM)
	install -d $(addprefix $(DESTDIR),$(BINDIR) $(MANDIR)/man1 $(MANDIR)/man5 \
	    $(DATADIR) $(DOCDIR) $(UNITDIR) $(SYSUSERSDIR))
	install -m 755 $(PROGRAM) $(DESTDIR)$(BINDIR)/paperboy
	install -m 644 bot/dist/paperboy.1 $(DESTDIR)$(MANDIR)/man1/
	install -m 644 bot/dist/paperboy.ini.5 $(DESTDIR)$(MANDIR)/man5/
	install -m 644 bot/data/sample-day.jsonl $(DESTDIR)$(DATADIR)/
	install -m 644 config.example.ini README.md CHANGELOG.md LICENSE \
	    $(DESTDIR)$(DOCDIR)/
	sed 's|@BINDIR@|$(BINDIR)|' bot/dist/paperboy.service >$(UNIT)
	chmod 644 $(UNIT)
	install -m 644 bot/dist/paperboy.sysusers \
	    $(DESTDIR)$(SYSUSERSDIR)/paperboy.conf

# What people made (configuration, database) stays.
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/paperboy $(UNIT) \
	    $(DESTDIR)$(SYSUSERSDIR)/paperboy.conf \
	    $(DESTDIR)$(MANDIR)/man1/paperboy.1 \
	    $(DESTDIR)$(MANDIR)/man5/paperboy.ini.5
	rm -f $(DESTDIR)$(DATADIR)/sample-day.jsonl
	rm -f $(addprefix $(DESTDIR)$(DOCDIR)/,config.example.ini README.md \
	    CHANGELOG.md LICENSE)
	-rmdir $(DESTDIR)$(DATADIR) $(DESTDIR)$(DOCDIR) 2>/dev/null

# build/deb/paperboy_VERSION_ARCH.deb; test-deb tries it in a clean Debian (root).
deb:
	@tests/deps.sh ensure deb
	@bot/dist/package.sh

test-deb:
	@tests/deps.sh ensure deb
	@tests/package.sh

# Every object that there is, tests included: what lint compiles twice.
all-objects: $(OBJECTS) $(SUPPORTO) $(BUILD)/bot/main.o \
             $(patsubst %.c,$(BUILD)/%.o,$(TESTS) $(BENCHES) $(FUZZERS))

lint:
	@tests/deps.sh ensure lint
	@tests/lint.sh

format:
	clang-format -i $(shell git ls-files '*.c' '*.h')

clean:
	rm -rf build paperboy

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -n 4
	@echo 'targets: all demo test test-peers test-matrix test-slack test-server test-writers lint fuzz train bench bench-selection pictures format deps clean install uninstall deb test-deb'

.PHONY: all all-objects packages deps test run-tests test-peers test-matrix \
        test-slack test-server test-writers run-peers fuzz run-fuzz train bench bench-selection demo \
        lint \
        pictures format clean help install uninstall deb test-deb
