/*
 * account.h - a login or a family of webhooks, with channels behind it.
 *
 * The core asks down through account_ops; abilities say what a kind can do, so
 * that it asks instead of guessing.
 */
#ifndef BOT_PORTS_ACCOUNT_H
#define BOT_PORTS_ACCOUNT_H

#include "bot/base/arena.h"
#include "bot/base/error.h"
#include "bot/model/channel.h"
#include "bot/model/document.h"
#include "bot/model/event.h"
#include "bot/model/outbox.h"
#include "bot/model/picture.h"
#include "bot/ports/query.h"
#include "bot/ports/request.h"
#include "bot/ports/settings.h"

enum account_ability {
    ACCOUNT_LISTENS = 1 << 0, /* delivers what people write and do */
    ACCOUNT_EDITS = 1 << 1,   /* can change what it sent */
    ACCOUNT_THREADS = 1 << 2,
    ACCOUNT_DEDUPLICATES = 1 << 3, /* a repeated delivery key shows once */
    ACCOUNT_PICTURES = 1 << 4,     /* takes OUTBOX_UPLOAD and OUTBOX_SHOW */
};

struct account;

struct account_receipt {
    const char *id;   /* the product's id of the message; "" where none */
    bool maybe_taken; /* on failure: the product may have shown it all the same
                       * (a time-out after the request had left) */
    bool room_waits;  /* on failure: the wait that the server named is for this
                       * room alone, the account's other messages may leave */
};

/*
 * How a send ended.  err is NULL on success; receipt is never NULL.  Kinds: ERROR_RETRY (with
 * retry_after_ms where the server named a wait), ERROR_REJECTED (this message
 * will never be taken: park the row), ERROR_STOP (this channel is closed to us:
 * park the row, mark the channel broken).
 */
typedef void account_sent_fn(void *cookie,
        const struct account_receipt *receipt, const struct error *err);

/* How verifying ended; err is NULL if all is well. */
typedef void account_verified_fn(void *cookie, const struct error *err);

/* Whether a person may change the channel.  err is NULL unless it could not be
 * found out. */
typedef void account_permission_fn(void *cookie, bool allowed,
        const struct error *err);

/*
 * Who hears what an account receives; implemented once, by the core.  The events
 * and the account's place in what it reads are kept in one transaction: on true
 * the account acknowledges, on false it hands the same on later.
 */
struct account_ears {
    bool (*received)(void *ctx, struct account *account,
            const struct event *events, size_t count, const char *checkpoint,
            struct error *err);
    void *ctx;
};

struct account_ops {
    const char *kind;   /* as in the configuration: "matrix" */
    unsigned abilities; /* of enum account_ability */
    /* The least time between two sends to one room, and over the account; 0 if
     * the product names none. */
    int64_t room_gap_ms, account_gap_ms;

    /* Pure: cuts a document into ordered payloads within the product's limits.
     * Payloads live in the arena. */
    bool (*render)(const struct account *account, const struct channel *channel,
            const struct document *document, struct arena *arena,
            struct payload_list *payloads, struct error *err);
    /* With ACCOUNT_PICTURES, pure: the payloads of the two rows that bring a
     * picture into a room.  *upload is OUTBOX_UPLOAD's, whose receipt says where
     * the product keeps the picture; *shown is OUTBOX_SHOW's, which shows what
     * row->target names, with a caption of one line. */
    void (*picture)(const struct account *account,
            const struct picture *picture, const char *caption,
            struct arena *arena, struct payload *upload, struct payload *shown);
    /* Begins to send one outbox row, as it was stored: its payload byte for byte,
     * or, where the kind has threads, answers or edits, with what the row says
     * of its place.  With ACCOUNT_EDITS also OUTBOX_EDIT: the message with the
     * receipt row->target gets this text.  Where a picture cannot be taken,
     * OUTBOX_UPLOAD is ERROR_REJECTED, whatever was wrong with it: it closes no
     * channel.  The row is borrowed during the call only. */
    struct request *(*send)(struct account *account,
            const struct outbox_row *row, account_sent_fn *done, void *cookie);
    /* Asks the product whether the credentials hold (Matrix: whoami). */
    struct request *(*verify)(struct account *account,
            account_verified_fn *done, void *cookie);
    /* Asks the product whether a room can be posted to, without posting; done as
     * for verify, with ERROR_REJECTED and ERROR_RETRY where that could not be
     * told.  May be NULL: only a message shows it. */
    struct request *(*look)(struct account *account, const char *room,
            account_verified_fn *done, void *cookie);
    /* Who it is to the product, once that is known: "@paperboy:example.org,
     * device ABC"; "" before.  May be NULL. */
    const char *(*who)(const struct account *account);
    /* What commands begin with there, for help: "/paper", "!paper"; NULL where
     * nobody can be heard. */
    const char *command_form;
    /* Asks the product whether a person is in charge of a channel; both are
     * borrowed during the call only.  May be NULL: then the configured admins
     * alone are. */
    struct request *(*permission)(struct account *account,
            const struct channel *channel, const char *person,
            account_permission_fn *done, void *cookie);
    /* The configuration names this room, said before listening begins: what
     * happens there is told of under this very name.  May be NULL. */
    void (*serve)(struct account *account, const char *room);
    /* Leaves a room for good; done as for verify.  May be NULL: the kind cannot
     * leave. */
    struct request *(*leave)(struct account *account, const char *room,
            account_verified_fn *done, void *cookie);
    /* Before listen, where an account takes over from one of its name and kind,
     * which is closed right after: the connections that it listens over, so that
     * nothing is missed in between.  May be NULL. */
    void (*take_over)(struct account *account, struct account *before);
    /* With ACCOUNT_LISTENS: begins to listen from the checkpoint on ("": for the
     * first time, what is old is passed over).  The ears outlive the account. */
    void (*listen)(struct account *account, const struct account_ears *ears,
            const char *checkpoint);
    /* Adds what it counts, for whoever watches the bot; may be NULL. */
    void (*measures)(const struct account *account, struct arena *arena,
            struct measure_list *list);
    /* Cancels what is under way and frees the account. */
    void (*close)(struct account *account);
};

struct account {
    const struct account_ops *ops;
    const char *name; /* the account's, owned by the adapter */
};

/*
 * What an account must remember from one run to the next, by keys of its own:
 * small texts, secrets among them.  Kept at once, before put returns.
 */
struct account_memory {
    /* Keeps a value in place of the one before; false and err if it could not
     * be kept. */
    bool (*put)(void *ctx, const char *key, const char *value,
            struct error *err);
    /* *value is in the arena, NULL if the key was never put. */
    bool (*get)(void *ctx, const char *key, struct arena *arena, char **value,
            struct error *err);
    void *ctx;
};

/* The key under which an account counts the messages that came encrypted, which
 * it cannot read: a decimal number; not there for none.  Status shows it. */
#define ACCOUNT_MEMORY_UNREADABLE "unreadable"

/* What account kinds need to be opened with; adapters define the transport. */
struct transport;

/* How the app is to be made that the bot of an account is. */
struct account_app {
    const char *account; /* the account's name */
    const struct settings
            *settings; /* the account's; NULL: there is none yet */
    const char *title; /* what people call the bot: "Paperboy" */
    const char *url;   /* where the product reaches us; "": nowhere */
};

struct account_kind {
    /* As type = names it.  Two kinds may share a name: one that a [channel] is by
     * itself (a webhook), one with rooms; a section's keys tell which is meant. */
    const char *kind;
    /* How people tell it from the other of its name, "slack-bot"; NULL: by its
     * kind. */
    const char *form;
    const struct setting_spec *keys; /* ends with a NULL key */
    bool threads; /* a set-up by questions puts a digest's papers into one */
    bool one_channel; /* a [channel] section may carry the account's keys */
    bool pictures;    /* its accounts take them (ACCOUNT_PICTURES) */
    const char *room_help; /* what room = means here; NULL: no room key */
    /* As setting_spec.flaw, for the room; may be NULL. */
    const char *(*room_flaw)(const char *room);
    /*
     * The native id of a webhook's one room, from its settings: the same as long
     * as the webhook is, whatever its section is called, and without giving a
     * secret away; "" if the settings lack it.  Static or in the arena.  May be
     * NULL: then the account's name is all there is.
     */
    const char *(*room)(const struct settings *settings, struct arena *arena);
    /*
     * What is pasted at the product to make the app, with what the settings use;
     * without settings all that can be used.  In the arena; NULL and err if
     * something more has to be said.  May be NULL: there are no apps.
     */
    const char *(*app_manifest)(const struct account_app *app,
            struct arena *arena, struct error *err);
    /* Opens an account; NULL and err if the settings cannot work.  The memory
     * outlives the account; NULL: nothing can be kept, so nothing is begun that
     * would have to be. */
    struct account *(*open)(const struct settings *settings,
            struct transport *transport, const struct account_memory *memory,
            struct error *err);
};

#endif
