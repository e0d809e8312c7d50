#include "bot/config/config.h"

#include "bot/base/text.h"
#include "bot/config/config_ini.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* --- kinds of our own --- */

static const char *https_flaw(const char *value)
{
    return text_starts(value, "https://") ? NULL : "an https:// address";
}

static const struct setting_spec hook_keys[] = {
        {.key = "webhook",
                .required = true,
                .secret = true,
                .help = "the https:// address of the webhook",
                .flaw = https_flaw},
        {.key = NULL},
};

static const struct setting_spec room_keys[] = {
        {.key = "homeserver",
                .required = true,
                .help = "such as https://example.org",
                .flaw = https_flaw},
        {.key = "token",
                .required = true,
                .unless = "password",
                .secret = true,
                .help = "the login's access token"},
        {.key = "user",
                .required = true,
                .unless = "token",
                .help = "who that is"},
        {.key = "password",
                .required = true,
                .unless = "token",
                .secret = true,
                .help = "the user's password"},
        {.key = NULL},
};

static const struct setting_spec feed_keys[] = {
        {.key = "url", .help = "where the feeds are", .flaw = https_flaw},
        {.key = NULL},
};

static const char *hook_room(const struct settings *settings,
        struct arena *arena)
{
    size_t length = strlen(settings_get(settings, "webhook", ""));
    return length == 0 ? "" : arena_format(arena, "%zu", length);
}

static const struct account_kind hook_kind = {.kind = "hook",
        .keys = hook_keys,
        .one_channel = true,
        .room = hook_room};
static const char *room_flaw(const char *room)
{
    return room[0] == '#' || room[0] == '!' ? NULL : "an id or an alias";
}

static const struct account_kind rooms_kind = {.kind = "rooms",
        .keys = room_keys,
        .room_flaw = room_flaw,
        .room_help = "an id or an alias such as #ml:example.org"};
static const struct source_kind feed_kind = {.kind = "arxiv",
        .keys = feed_keys};

static const struct account_kind *const account_kinds[] = {&hook_kind,
        &rooms_kind, NULL};
static const struct source_kind *const source_kinds[] = {&feed_kind, NULL};

static bool store_knows(const char *url, struct error *err)
{
    return text_starts(url, "sqlite:") || text_same(url, "memory:") ||
            error_set(err, ERROR_INPUT, "is of no known kind");
}

static bool can_listen(const char *address, struct error *err)
{
    return strchr(address, ':') != NULL ||
            error_set(err, ERROR_INPUT, "\"%s\" is no address to listen on",
                    address);
}

static bool can_show(const char *certificate, const char *key,
        struct error *err)
{
    (void)certificate;
    return strstr(key, "good") != NULL ||
            error_set(err, ERROR_INPUT, "the key is another's");
}

static const struct config_kinds kinds = {.accounts = account_kinds,
        .sources = source_kinds,
        .store_knows = store_knows,
        .can_listen = can_listen,
        .can_show = can_show};

static const char *environment(const char *name)
{
    if (text_same(name, "HOOK"))
        return "https://hooks.example/secret";
    if (text_same(name, "BAD"))
        return "secret-that-is-no-address";
    return text_same(name, "EMPTY") ? "" : NULL;
}

/* --- a folder with files --- */

struct folder {
    char path[64];
    struct arena arena;
    struct config config;
    struct config_complaint_list complaints;
};

static int make_folder(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    snprintf(folder->path, sizeof folder->path, "/tmp/paperboy-config-XXXXXX");
    *state = folder;
    return folder != NULL && mkdtemp(folder->path) != NULL ? 0 : -1;
}

static const char *path_in(struct folder *folder, const char *name)
{
    return arena_format(&folder->arena, "%s/%s", folder->path, name);
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    remove(path_in(folder, "test.ini"));
    remove(path_in(folder, "value"));
    rmdir(folder->path);
    arena_finish(&folder->arena);
    free(folder);
    return 0;
}

static void write_file(struct folder *folder, const char *name,
        const char *text)
{
    FILE *file = fopen(path_in(folder, name), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* What is said about a file, a line each: "3: [bot] contact: ...". */
static const char *complaints(struct folder *folder, const char *text)
{
    write_file(folder, "test.ini", text);
    bool good = config_read(path_in(folder, "test.ini"), &kinds, environment,
            &folder->arena, &folder->config, &folder->complaints);
    assert_int_equal(good, folder->complaints.count == 0);
    struct text all;
    text_init(&all, &folder->arena, 100000);
    for (size_t i = 0; i < folder->complaints.count; i++)
        text_add_format(&all, "%d: %s\n", folder->complaints.items[i].line,
                folder->complaints.items[i].text);
    return text_string(&all);
}

/* --- what is wrong --- */

static const char hook[] = "[channel a]\ntype = hook\nwebhook = ${HOOK}\n";

/* Each is put below a good channel of three lines, or stands alone. */
static const struct {
    bool below;
    const char *text, *said;
} bad[] = {
        {false, "contact = x@y\n",
                "1: contact: stands before any section; put it below one, such "
                "as [bot]\n"},
        {false, "[bot]\ncontact you@example.org\n",
                "2: this line is neither a [section] nor key = value nor a ; "
                "comment\n"},
        {false, "[bot\n",
                "1: this heading is not closed; expected a line such as "
                "[channel team]\n"},
        {false, "[bot] x\n",
                "1: this heading is not closed; expected a line such as "
                "[channel team]\n"},
        {false, "[bott]\ncontact = a@b\n",
                "1: [bott]: there is no such section; did you mean bot?\n"},
        {false, "[weather]\n",
                "1: [weather]: there is no such section; expected one of: bot "
                "store source writer server account channel alerts\n"},
        {true, "[server]\nlisten = 127.0.0.1\n",
                "5: [server] listen: \"127.0.0.1\" is no address to listen "
                "on\n"},
        {true, "[server]\ncertificate = a.pem\nkey = bad.key\n",
                "5: [server] certificate: the key is another's\n"},
        {true, "[server]\ncertificate = a.pem\n",
                "5: [server] certificate: works only with key = FILE beside "
                "it\n"},
        {true, "[server]\nproxy = maybe\n",
                "5: [server] proxy: is \"maybe\"; expected yes or no\n"},
        {true, "[server]\nport = 80\n",
                "5: [server] port: is no key of this section; expected one "
                "of: listen certificate key proxy\n"},
        {false, "[bot me]\n",
                "1: [bot me]: this section has no name; write [bot]\n"},
        {false, "[channel]\n",
                "1: [channel]: a name is missing; expected such as [channel "
                "team]\n"},
        {false, "[channel my team]\n",
                "1: [channel my team]: a name is one word; expected such as "
                "[channel my-team]\n"},
        {false, "[bot]\ncontact = nobody\n",
                "2: [bot] contact: \"nobody\" reaches nobody; expected a mail "
                "address such as you@example.org, or a web page\n"},
        {false, "[bot]\ncontact = a@b\nkeep_messages = 30d\n",
                "3: [bot] keep_messages: is \"30d\"; expected from 90d to "
                "366d, or forever\n"},
        {false, "[bot]\nglossary = no term\n",
                "2: [bot] glossary: line 1: \"no term\" is no term; write TERM "
                "= TRANSLATION | ANOTHER ! WRONG\n"},
        {false, "[bot]\ncontact = a@b\nkeep_history = 2 years\n",
                "3: [bot] keep_history: is \"2 years\"; expected from 1d to "
                "366d, or forever\n"},
        {false, "[bot]\ncontact =\n",
                "2: [bot] contact: is empty; give it a value, or leave the key "
                "out\n"},
        {false, "[bot]\ncontact = a@b\ncontact = c@d\n",
                "3: [bot] contact: stands twice, first at line 2; keep one\n"},
        {false, "[bot]\ncontact = a@b\n[bot]\ncontact = c@d\n",
                "3: [bot] stands twice, first at line 1; put its keys "
                "together\n"},
        {false, "[bot]\nkontact = a@b\n",
                "2: [bot] kontact: is no key of this section; did you mean "
                "contact?\n"},
        {false, "[store]\nurl = paperboy.db\n",
                "2: [store] url: \"paperboy.db\" is no address of a store; "
                "expected such as sqlite:paperboy.db\n"},
        {false, "[bot]\n[store]\nurl = postgres:x\n",
                "3: [store] url: is of no known kind\n"},
        {false, "[source arxiv]\n",
                "1: [source arxiv]: asks the network, and arXiv wants to know "
                "by whom; add a section [bot] with contact = YOUR@ADDRESS\n"},
        {false, "[bot]\ncontact = x\n[source arxiv]\n",
                "2: [bot] contact: \"x\" reaches nobody; expected a mail "
                "address such as you@example.org, or a web page\n"},
        {false, "[bot]\ncontact = a@b\n[source arxvi]\n",
                "3: [source arxvi]: there is no such source; did you mean "
                "arxiv?\n"},
        {false, "[bot]\ncontact = a@b\n[source arxiv]\nurl = ftp://x\n",
                "4: [source arxiv] url: \"ftp://x\" will not do; expected an "
                "https:// address\n"},
        {false, "[account home]\ntype = rooms\n",
                "1: [account home] homeserver: is missing; such as "
                "https://example.org\n"
                "1: [account home] token: is missing, and no password; the "
                "login's access token\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = https://x\n"
                "password = p\n",
                "1: [account home] user: is missing, and no token; who that "
                "is\n"},
        {false, "[account home]\ntype = roms\n",
                "2: [account home] type: there is no type \"roms\"; did you "
                "mean rooms?\n"},
        {false,
                "[account home]\ntype = roms\nhomeserver = https://x\ntoekn = "
                "t\n",
                "2: [account home] type: there is no type \"roms\"; did you "
                "mean rooms?\n"
                "4: [account home] toekn: is no key of this section; did you "
                "mean token?\n"},
        {false, "[account home]\n",
                "1: [account home] type: is missing; expected one of: hook "
                "rooms\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = http://x\ntoken = "
                "t\n",
                "3: [account home] homeserver: \"http://x\" will not do; "
                "expected an https:// address\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = https://x\ntoken = "
                "${NOPE}\n",
                "4: [account home] token: the environment variable NOPE is not "
                "set; set it before starting paperboy\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = ${BAD}\ntoken = "
                "${EMPTY}\n",
                "3: [account home] homeserver: this value will not do; "
                "expected an https:// address\n"
                "4: [account home] token: the environment variable EMPTY is "
                "empty; set it before starting paperboy\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = https://x\ntoken = "
                "${A-B}\ntoken_file = missing\n",
                "4: [account home] token: ${A-B} names no environment "
                "variable; expected such as ${TEAM_WEBHOOK}\n"
                "5: [account home] token_file: token is given as well, at line "
                "4; keep one of the two\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = "
                "https://x\ntoken_file = /nowhere/token\n",
                "4: [account home] token_file: /nowhere/token: cannot be read: "
                "No such file or directory\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = https://x\ntoken = "
                "${HOOK\n[channel c]\naccount = hom\nroom = r\n",
                "4: [account home] token: a ${ is not closed; expected such as "
                "${TEAM_WEBHOOK}\n"
                "6: [channel c] account: there is no [account hom]; did you "
                "mean home?\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = https://x\ntoken = "
                "t\n[channel c]\naccount = home\n",
                "5: [channel c] room: is missing; an id or an alias such as "
                "#ml:example.org\n"},
        {false,
                "[account home]\ntype = rooms\nhomeserver = https://x\ntoken = "
                "t\n[channel c]\naccount = home\nroom = ml\n[channel "
                "d]\naccount = home\nroom = ${BAD}\n",
                "7: [channel c] room: \"ml\" will not do; expected an id or an "
                "alias\n"
                "10: [channel d] room: this value will not do; expected an id "
                "or an alias\n"},
        {false, "[channel c]\n",
                "1: [channel c]: leads nowhere; give it type = hook with the "
                "keys of that, or account = NAME of an [account NAME]\n"},
        {false, "[channel c]\ntype = hook\nwebhook = secret\n",
                "3: [channel c] webhook: this value will not do; expected an "
                "https:// address\n"},
        {false, "[channel c]\ntype = hook\nwebhook = ${BAD}\n",
                "3: [channel c] webhook: this value will not do; expected an "
                "https:// address\n"},
        {false, "[channel c]\ntype = rooms\n",
                "2: [channel c] type: one rooms account serves many rooms; "
                "give it a section [account NAME], and write account = NAME "
                "here\n"},
        {false, "[channel c]\ntype = hook\naccount = x\nwebhook=https://x\n",
                "2: [channel c] type: account is given as well; keep account "
                "for a room of an [account], type for a channel with a webhook "
                "of its own\n"},
        {false, "[channel c]\ntype = hok\nwebhok = https://x\n",
                "2: [channel c] type: there is no type \"hok\"; did you mean "
                "hook?\n"
                "3: [channel c] webhok: is no key of this section; did you "
                "mean webhook?\n"},
        {false, "[channel c]\ntype = hook\nwebhok = https://x\n",
                "1: [channel c] webhook: is missing; the https:// address of "
                "the webhook\n"
                "3: [channel c] webhok: is no key of this section; did you "
                "mean webhook?\n"},
        {false, "[channel c]\ntype = hook\nwebhook = https://x\nroom = #a\n",
                "4: [channel c] room: a hook account leads to one place by "
                "itself; leave this key out\n"},
        {false,
                "[channel c]\ntype = hook\nwebhook = https://x\n[channel "
                "d]\ntype = hook\nwebhook = https://x\n",
                "4: [channel d]: leads to the same place as [channel c] at "
                "line 1; keep one of the two\n"},
        {false,
                "[account c]\ntype = hook\nwebhook = https://x\n[channel "
                "c]\ntype = hook\nwebhook = https://x\n",
                "4: [channel c]: there is an [account c] at line 1, and this "
                "channel is an account of its own; give one of them another "
                "name\n"},
        {false,
                "[account h]\ntype = hook\nwebhook = https://x\n[channel "
                "c]\naccount = h\n[channel d]\naccount = h\n",
                "6: [channel d]: leads to the same place as [channel c] at "
                "line 4; keep one of the two\n"},
        {true, "categories = cs.LGG\n",
                "4: [channel a] categories: \"cs.LGG\" is no arXiv category; "
                "did you mean cs.LG?\n"},
        {true, "categories = LG zzzzzz\n",
                "4: [channel a] categories: \"zzzzzz\" is no arXiv category; "
                "expected codes such as cs.LG or tags such as LG "
                "(arxiv.org/category_taxonomy lists them)\n"},
        {true, "categories = ,\n",
                "4: [channel a] categories: names no category; expected some "
                "such as LG CV CL\n"},
        {true, "categories = SY\n", ""},
        {true, "words = \"open\n",
                "4: [channel a] words: a \" is not closed; expected phrases "
                "such as \"optimal transport\"\n"},
        {true, "schedule = 25:00 weekdays\ntimezone = UTC\n",
                "4: [channel a] schedule: \"25:00\" is not a time of day; "
                "write hours 00 to 23 and minutes, for example 13:30 "
                "weekdays\n"},
        {true, "schedule = 13:30 weekdays\n",
                "1: [channel a] timezone: is missing; schedule needs it: an "
                "IANA name such as Asia/Shanghai or Europe/Berlin\n"},
        {true, "schedule = 13:30 weekdays\ntimezone = Asia/Shangai\n",
                "5: [channel a] timezone: time zone \"Asia/Shangai\" is not "
                "known; did you mean \"Asia/Shanghai\"?\n"},
        {true, "timezone = Asia/Tokyo\n",
                "1: [channel a] schedule: is missing; Asia/Tokyo has no usual "
                "hour: give one such as \"18:00 weekdays\", or \"off\"\n"},
        {true, "languages = zh english\n",
                "4: [channel a] languages: \"english\" is no language code; "
                "did you mean en?\n"},
        {true, "languages = zh en fr\n",
                "4: [channel a] languages: \"fr\" is one language too many; "
                "expected one or two, the reader's first\n"},
        {true, "languages = qq\n",
                "4: [channel a] languages: \"qq\" is no language code; "
                "expected one or two such as zh en\n"},
        {true, "languages = zh zh\n",
                "4: [channel a] languages: \"zh\" stands twice; one language "
                "alone is fine\n"},
        {true, "size = five\n",
                "4: [channel a] size: \"five\" is no size; expected two "
                "numbers such as 5+4: five papers in full and four more\n"},
        {true, "size = 0+0\n",
                "4: [channel a] size: \"0+0\" is out of range; expected at "
                "least one paper and at most 50+50\n"},
        {true, "size = 51\n",
                "4: [channel a] size: \"51\" is out of range; expected at "
                "least one paper and at most 50+50\n"},
        {true, "style = breif\n",
                "4: [channel a] style: \"breif\" is no style; did you mean "
                "brief?\n"},
        {true, "style = long\n",
                "4: [channel a] style: \"long\" is no style; expected brief or "
                "full\n"},
        {true, "quiet = loud\n",
                "4: [channel a] quiet: \"loud\" is no way to be quiet; "
                "expected silent, line or best\n"},
        {true, "wait_for_batch = 1d\n",
                "4: [channel a] wait_for_batch: is too long; expected at most "
                "20h, for a day later the next digest is due\n"},
        {true, "when = sometime\n",
                "4: [channel a] when: \"sometime\" is no time to post; "
                "expected punctual or fresh\n"},
        {true, "wait_for_batch = 4 hours\n",
                "4: [channel a] wait_for_batch: \"4 hours\" is no duration; "
                "expected a number and s, m, h or d, such as 30s, 15m, 6h or "
                "2d\n"},
        {true, "catch_up = 400d\n",
                "4: [channel a] catch_up: \"400d\" is too long; expected at "
                "most 366d\n"},
        {true, "on_uncertain = drop\n",
                "4: [channel a] on_uncertain: \"drop\" is no policy; expected "
                "resend or hold\n"},
        {true, "curate = soon\n",
                "4: [channel a] curate: is \"soon\"; expected off, or a time "
                "such as 2h\n"},
        {true, "curate = 1m\n",
                "4: [channel a] curate: is \"1m\"; expected off, or from 5m "
                "to 20h\n"},
        {true, "curate = 2h\ncurators = U1\n",
                "4: [channel a] curate: a hook channel has no place where only "
                "its curators would see a draft; leave this key out, or use an "
                "[account NAME] with rooms\n"},
        {false,
                "[account h]\ntype = rooms\nhomeserver = https://x\n"
                "token = t\n[channel c]\naccount = h\nroom = #a:x\n"
                "curate = 2h\n",
                "8: [channel c] curate: has nobody to send a draft to; name "
                "people in curators\n"},
        {true, "paused = maybe\n",
                "4: [channel a] paused: is \"maybe\"; expected yes or no\n"},
        {true, "admins = \n",
                "4: [channel a] admins: is empty; give it a value, or leave "
                "the key out\n"},
        {true, "shedule = 13:30 daily\n",
                "4: [channel a] shedule: is no key of this section; did you "
                "mean schedule?\n"},
        {true, "zzz = 1\n",
                "4: [channel a] zzz: is no key of this section; expected one "
                "of: account type room categories words words_file authors "
                "authors_file unwanted unwanted_file schedule timezone "
                "languages size style layout mix pictures when wait_for_batch "
                "quiet "
                "catch_up "
                "on_uncertain credit admins curators curate paused webhook "
                "webhook_file\n"},
        {true, "size = ${BAD}\n",
                "4: [channel a] size: the value kept elsewhere will not do as "
                "size (it is not shown, as it may be a secret)\n"},
        {true, "categories = LG GT\n",
                "4: [channel a] categories: \"GT\" names several categories; "
                "write the full code: cs.GT or math.GT\n"},
        {true, "categories = LG,CV，CL、as\nlanguages = en\nsize = 3\n", ""},
        {false, "\xEF\xBB\xBF[bot]\r\n  contact = a@b ; who\r\n# done\r\n", ""},
        {false,
                "[account h]\ntype = hook\nwebhook = https://x\n\n[channel "
                "c]\naccount = h\nsize = 0\nstyle = ful\n[bot]\nx = 1\n",
                "7: [channel c] size: \"0\" is out of range; expected at least "
                "one paper and at most 50+50\n"
                "8: [channel c] style: \"ful\" is no style; did you mean "
                "full?\n"
                "10: [bot] x: is no key of this section; expected one of: "
                "contact keep_messages keep_history glossary "
                "glossary_file\n"},
};

static void test_every_mistake_is_named_with_its_remedy(void **state)
{
    struct folder *folder = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *text = bad[i].below
                ? arena_format(&folder->arena, "%s%s", hook, bad[i].text)
                : bad[i].text;
        const char *said = complaints(folder, text);
        assert_string_equal(said, bad[i].said);
    }
}

/* --- what is right --- */

static void test_a_channel_gets_what_is_written_and_defaults_else(void **state)
{
    struct folder *folder = *state;
    assert_string_equal(complaints(folder,
                                "[bot]\ncontact = a@b\n"
                                "keep_messages = 100d\n"
                                "keep_history = forever\n"
                                "[source arxiv]\n"
                                "[channel a]\ntype = hook\n"
                                "webhook = ${HOOK}\n"
                                "categories = LG,cs.CV eess.AS\n"
                                "words = flow \"optimal  transport\"\n"
                                "schedule = 8:05 mon wed\n"
                                "timezone = Europe/Berlin\n"
                                "languages = en\nsize = 3+0\nstyle = full\n"
                                "catch_up = 90m\non_uncertain = hold\n"
                                "admins = @ana:example.org U024BE7LH\n"
                                "paused = yes\n"
                                "credit = \"by us\"\n"
                                "[account r]\ntype = rooms\n"
                                "homeserver = https://x\ntoken = t\n"
                                "[channel b]\naccount = r\n"
                                "room = #ml:example.org\n"
                                "curators = @bo:example.org\ncurate = 2h\n"),
            "");
    const struct config *config = &folder->config;
    assert_string_equal(config->contact, "a@b");
    assert_int_equal(config->keep.messages_ms, 100 * KEEP_DAY_MS);
    assert_int_equal(config->keep.history_ms, 0);
    assert_int_equal(config->source_count, 1);
    assert_string_equal(config->sources[0].settings.contact, "a@b");
    assert_int_equal(config->account_count, 2);
    assert_int_equal(config->channels.count, 2);

    const struct channel *a = config_find_channel(config, "a");
    assert_string_equal(a->account, "a");
    assert_string_equal(a->home, "hook");
    assert_string_equal(a->room, "28");
    assert_int_equal(a->subscription.categories.count, 3);
    assert_string_equal(a->subscription.categories.items[0], "cs.LG");
    assert_int_equal(a->subscription.words.count, 2);
    assert_string_equal(a->subscription.words.items[1], "optimal transport");
    assert_int_equal(a->schedule.minute_of_day, 8 * 60 + 5);
    assert_string_equal(a->schedule.timezone, "Europe/Berlin");
    assert_string_equal(a->languages.tags[0], "en");
    assert_null(a->languages.tags[1]);
    assert_int_equal(a->top_count, 3);
    assert_int_equal(a->also_count, 0);
    assert_int_equal(a->style, STYLE_FULL);
    assert_int_equal(a->catch_up_ms, 90 * 60000);
    assert_int_equal(a->wait_for_batch_ms, 4 * 3600000);
    assert_int_equal(a->on_uncertain, UNCERTAIN_HOLD);
    assert_int_equal(a->admins.count, 2);
    assert_string_equal(a->admins.items[1], "U024BE7LH");
    assert_int_equal(a->curators.count, 0);
    assert_int_equal(a->curate_ms, 0);
    assert_true(a->paused);
    assert_string_equal(a->credit, "by us");

    const struct channel *b = config_find_channel(config, "b");
    assert_string_equal(b->account, "r");
    assert_string_equal(b->home, "r");
    assert_string_equal(b->room, "#ml:example.org");
    assert_int_equal(b->schedule.minute_of_day, -1);
    assert_string_equal(b->languages.tags[0], "zh");
    assert_string_equal(b->languages.tags[1], "en");
    assert_int_equal(b->top_count, 5);
    assert_int_equal(b->also_count, 4);
    assert_int_equal(b->style, STYLE_BRIEF);
    assert_int_equal(b->admins.count, 0);
    assert_int_equal(b->curators.count, 1);
    assert_int_equal(b->curate_ms, 2 * 3600000);
    assert_false(b->paused);
    assert_int_equal(b->catch_up_ms, 6 * 3600000);
    assert_null(config_find_channel(config, "c"));
}

static void test_a_zone_alone_means_the_usual_hour_there(void **state)
{
    static const struct {
        const char *zone;
        int minute;
    } usual[] = {{"Asia/Shanghai", 13 * 60 + 30}, {"America/New_York", 8 * 60},
            {"Europe/London", 8 * 60}};
    struct folder *folder = *state;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        assert_string_equal(complaints(folder,
                                    arena_format(&folder->arena,
                                            "%stimezone = %s\n", hook,
                                            usual[i].zone)),
                "");
        const struct schedule *schedule =
                &folder->config.channels.items[0].schedule;
        assert_int_equal(schedule->minute_of_day, usual[i].minute);
        assert_int_equal(schedule->weekdays, WEEKDAYS_WORKING);
    }
}

/* --- values kept elsewhere --- */

static void test_values_come_from_the_environment_and_from_files(void **state)
{
    struct folder *folder = *state;
    write_file(folder, "value", "  https://hooks.example/filed \n\n");
    assert_string_equal(complaints(folder,
                                "[channel a]\ntype = hook\n"
                                "webhook = ${HOOK}/${HOOK}$x\n"
                                "[channel b]\ntype = hook\n"
                                "webhook_file = value\n"),
            "");
    const struct config_account *accounts = folder->config.accounts;
    assert_string_equal(settings_get(&accounts[0].settings, "webhook", ""),
            "https://hooks.example/secret/https://hooks.example/secret$x");
    assert_string_equal(settings_get(&accounts[1].settings, "webhook", ""),
            "https://hooks.example/filed");
}

static void test_a_list_in_a_file_has_an_entry_a_line(void **state)
{
    struct folder *folder = *state;
    write_file(folder, "value", "Chelsea Finn\n\n  Yao  Li \r\n");
    assert_string_equal(complaints(folder,
                                arena_format(&folder->arena,
                                        "%sauthors_file = value\n", hook)),
            "");
    const struct string_list *authors =
            &folder->config.channels.items[0].subscription.authors;
    assert_int_equal(authors->count, 2);
    assert_string_equal(authors->items[0], "Chelsea Finn");
    assert_string_equal(authors->items[1], "Yao Li");
}

static void test_a_file_that_will_not_do_says_its_path_and_why(void **state)
{
    static const struct {
        const char *content, *why;
    } files[] = {{"", "is empty"}, {"one\ntwo\n", "has several lines"},
            {"\xFF\xFE", "is not UTF-8 text"}};
    struct folder *folder = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_file(folder, "value", files[i].content);
        const char *said = complaints(folder,
                "[channel a]\ntype = hook\nwebhook_file = value\n");
        assert_non_null(strstr(said, path_in(folder, "value")));
        assert_non_null(strstr(said, files[i].why));
    }
}

static void test_a_secret_is_in_no_complaint(void **state)
{
    struct folder *folder = *state;
    write_file(folder, "value", "secret-of-a-file");
    const char *said = complaints(folder,
            "[bot]\ncontact = ${BAD}\n[store]\nurl = ${BAD}\n"
            "[account a]\ntype = ${BAD}\n"
            "[account b]\ntype = rooms\nhomeserver = ${BAD}\n"
            "token_file = value\n"
            "[channel c]\ntype = hook\nwebhook = secret-as-it-is\n"
            "categories = ${BAD}\nschedule = ${BAD}\ntimezone = ${BAD}\n"
            "languages = ${BAD}\nsize = ${BAD}\nstyle = ${BAD}\n"
            "when = ${BAD}\ncatch_up = ${BAD}\non_uncertain = ${BAD}\n"
            "[channel d]\naccount = ${BAD}\n"
            "[channel e]\ntype = hook\nwebhook_file = value\n"
            "secret-without-a-key\n");
    assert_null(strstr(said, "secret-"));
    assert_true(folder->complaints.count >= 15);
}

/* --- lines and paths --- */

static void test_a_line_that_inih_would_cut_is_refused(void **state)
{
    struct folder *folder = *state;
    char line[CONFIG_INI_LINE_MAX + 2];
    memset(line, 'x', sizeof line);
    memcpy(line, "credit = ", 9);
    line[CONFIG_INI_LINE_MAX] = '\0';
    assert_string_equal(complaints(folder,
                                arena_format(&folder->arena, "%s%s\n", hook,
                                        line)),
            "4: [channel a] credit: is too long; expected one line of at most "
            "60 characters\n");
    assert_string_equal(complaints(folder,
                                arena_format(&folder->arena, "%s%sx\n", hook,
                                        line)),
            "4: this line has 199 bytes, at most 198 can be read; shorten it, "
            "or put the value into a file and write KEY_file = FILE\n");
    /* The key counts as given. */
    memset(line, 'y', sizeof line - 1);
    memcpy(line, "webhook = ", 10);
    line[CONFIG_INI_LINE_MAX + 1] = '\0';
    assert_string_equal(complaints(folder,
                                arena_format(&folder->arena,
                                        "[channel a]\ntype = hook\n%s\n",
                                        line)),
            "3: this line has 199 bytes, at most 198 can be read; shorten it, "
            "or put the value into a file and write KEY_file = FILE\n");
}

static void test_a_database_lies_beside_its_configuration(void **state)
{
    struct folder *folder = *state;
    complaints(folder, hook);
    assert_string_equal(folder->config.store_url,
            arena_format(&folder->arena, "sqlite:%s/paperboy.db",
                    folder->path));
    complaints(folder, "[store]\nurl = sqlite:/srv/p.db\n");
    assert_string_equal(folder->config.store_url, "sqlite:/srv/p.db");
    complaints(folder, "[store]\nurl = memory:\n");
    assert_string_equal(folder->config.store_url, "memory:");
}

static void test_a_file_that_is_not_there_is_one_complaint(void **state)
{
    struct folder *folder = *state;
    assert_false(config_read(path_in(folder, "absent.ini"), &kinds, environment,
            &folder->arena, &folder->config, &folder->complaints));
    assert_int_equal(folder->complaints.count, 1);
    assert_int_equal(folder->complaints.items[0].line, 0);
    assert_string_equal(folder->complaints.items[0].text,
            "cannot be read: No such file or directory");
}

static void test_the_categories_of_all_channels_come_once(void **state)
{
    struct folder *folder = *state;
    complaints(folder,
            "[channel a]\ntype = hook\nwebhook = https://a\n"
            "categories = LG CV\n"
            "[channel b]\ntype = hook\nwebhook = https://b\n"
            "categories = CV CL\n");
    struct string_list all =
            config_all_categories(&folder->config, &folder->arena);
    assert_int_equal(all.count, 3);
    assert_string_equal(all.items[0], "cs.LG");
    assert_string_equal(all.items[2], "cs.CL");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
            TEST(test_every_mistake_is_named_with_its_remedy),
            TEST(test_a_channel_gets_what_is_written_and_defaults_else),
            TEST(test_a_zone_alone_means_the_usual_hour_there),
            TEST(test_values_come_from_the_environment_and_from_files),
            TEST(test_a_list_in_a_file_has_an_entry_a_line),
            TEST(test_a_file_that_will_not_do_says_its_path_and_why),
            TEST(test_a_secret_is_in_no_complaint),
            TEST(test_a_line_that_inih_would_cut_is_refused),
            TEST(test_a_database_lies_beside_its_configuration),
            TEST(test_a_file_that_is_not_there_is_one_complaint),
            TEST(test_the_categories_of_all_channels_come_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
