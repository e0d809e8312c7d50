/*
 * document.h - what is to be said, before anybody knows in which product.
 *
 * A small tree: the document holds blocks, a block holds inline pieces, an
 * entry (one paper) holds blocks.  Roles say what a block is for, so that a
 * dialect can make an abstract fold away or the JSON name its fields.  Text is
 * UTF-8 and raw: a dialect escapes it, nobody else.
 */
#ifndef BOT_MODEL_DOCUMENT_H
#define BOT_MODEL_DOCUMENT_H

#include "bot/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum document_kind {
    /* blocks */
    DOCUMENT_PARAGRAPH,
    DOCUMENT_HEADING,
    DOCUMENT_ENTRY,    /* a paper: holds blocks, never cut between messages */
    DOCUMENT_LIST,     /* holds items */
    DOCUMENT_ITEM,     /* holds inline pieces */
    DOCUMENT_VERBATIM, /* holds one text whose lines stay as they are */
    /* inline pieces */
    DOCUMENT_TEXT,
    DOCUMENT_STRONG,
    DOCUMENT_EMPHASIS,
    DOCUMENT_CODE,
    DOCUMENT_TAG,  /* a category's tag, without its brackets */
    DOCUMENT_LINK, /* text shown, url led to; text "" shows the url */
};

enum document_role {
    ROLE_NONE,
    ROLE_LEGEND,
    ROLE_CREDIT,
    ROLE_HEADLINE,
    ROLE_SECTION, /* "further papers worth a look" */
    ROLE_TITLE,
    ROLE_AUTHORS,
    ROLE_AFFILIATIONS,
    ROLE_NOTE_TITLE,
    ROLE_NOTE,
    ROLE_ABSTRACT,
    ROLE_LINK,
    ROLE_FOOT,
};

struct document_node {
    enum document_kind kind;
    enum document_role role;
    const char *text;     /* inline pieces; "" elsewhere */
    const char *url;      /* DOCUMENT_LINK; https only; "" elsewhere */
    const char *paper_id; /* DOCUMENT_ENTRY; "" elsewhere */
    const char *language; /* BCP 47 of the text below; "" if mixed */
    unsigned number;      /* DOCUMENT_ENTRY: as counted in the digest, from 1;
                           * 0 if not shown */
    struct document_node *first, *last, *next; /* children; next sibling */
};

struct document {
    struct arena *arena;
    const char *title;    /* one line for notifications and fall-back text */
    const char *language; /* the reader's */
    bool aside;  /* calls for nobody's attention: a paper below a digest's head,
                 * an answer */
    bool head;   /* of each paper its title alone; they follow in the thread */
    bool spaced; /* an empty line between entries where the dialect has lines */
    struct document_node root; /* its children are the blocks */
};

/* An empty document whose nodes will live in the arena. */
void document_init(struct document *document, struct arena *arena,
        const char *language);

/* Adds an empty block at the end of parent and returns it.  Strings given to
 * these functions are borrowed and must live as long as the document. */
struct document_node *document_block(struct document *document,
        struct document_node *parent, enum document_kind kind,
        enum document_role role);

/* Adds an inline piece to a block. */
struct document_node *document_inline(struct document *document,
        struct document_node *block, enum document_kind kind, const char *text);
struct document_node *document_link(struct document *document,
        struct document_node *block, const char *text, const char *url);

/* A block with one text in it: the common case. */
struct document_node *document_paragraph(struct document *document,
        struct document_node *parent, enum document_role role,
        const char *text);

/* The first child block of an entry with that role, or NULL. */
const struct document_node *document_find(const struct document_node *parent,
        enum document_role role);

/* All inline text below a node in one line: tags in brackets, links as their
 * text, blocks apart. */
char *document_plain(struct arena *arena, const struct document_node *node);

#endif
