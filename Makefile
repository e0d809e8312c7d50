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
            inih libcrypto zlib
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
FUZZERS := $(sort $(wildcard tests/fuzz/*_fuzz.c))
HEADERS := $(sort $(wildcard bot/*.h bot/*/*.h adapters/*.h adapters/*/*.h \
             store/*.h tests/*/*.h))

OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out bot/main.c,$(SOURCES)))
SUPPORTO := $(patsubst %.c,$(BUILD)/%.o,$(SUPPORT))
PROGRAM  := $(BUILD)/paperboy
TESTBINS := $(patsubst %.c,$(BUILD)/%,$(TESTS))
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

-include $(patsubst %.c,$(BUILD)/%.d,$(SOURCES) $(SUPPORT) $(TESTS) $(FUZZERS))

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

# FUZZ_SECONDS=30 for each target; what is found stays in build/fuzz/.
fuzz:
	@tests/deps.sh ensure fuzz
	@$(MAKE) --no-print-directory -j$(JOBS) VARIANT=fuzz CC=clang run-fuzz

run-fuzz: $(FUZZBINS)
	@tests/fuzz.sh $(FUZZBINS)

demo:
	@tests/deps.sh ensure demo
	@$(MAKE) --no-print-directory -s -j$(JOBS) paperboy
	@bot/dist/demo.sh

# Every object that there is, tests included: what lint compiles twice.
all-objects: $(OBJECTS) $(SUPPORTO) $(BUILD)/bot/main.o \
             $(patsubst %.c,$(BUILD)/%.o,$(TESTS) $(FUZZERS))

lint:
	@tests/deps.sh ensure lint
	@tests/lint.sh

format:
	clang-format -i $(shell git ls-files '*.c' '*.h')

clean:
	rm -rf build paperboy

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -n 4
	@echo 'targets: all demo test lint fuzz format deps clean'

.PHONY: all all-objects packages deps test run-tests fuzz run-fuzz demo lint \
        format clean help
