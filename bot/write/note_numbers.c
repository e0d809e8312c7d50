#include "bot/write/note_numbers.h"

#include "bot/base/text.h"
#include "bot/write/note_units.h"

#include <ctype.h>
#include <string.h>

struct reading {
    const char *begin, *at; /* folded */
    struct arena *arena;
    struct note_number_list numbers;
};

static bool digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool letter(char byte)
{
    return isalpha((unsigned char)byte) != 0;
}

static struct note_number *add(struct reading *reading)
{
    struct note_number_list *list = &reading->numbers;

    list->items = arena_grow(reading->arena, list->items, list->count,
            &list->capacity, sizeof *list->items);
    struct note_number *number = &list->items[list->count++];
    *number = (struct note_number){.unit = ""};
    return number;
}

/* --- one number --- */

/* "10,000" is ten thousand; "1,2,3" are three. */
static bool groups_thousands(const char *comma)
{
    return digit(comma[1]) && digit(comma[2]) && digit(comma[3]) &&
            !digit(comma[4]);
}

/* Bytes of "12", "0.95", "10,000". */
static size_t digits_length(const char *at)
{
    size_t length = 0;
    bool point = false;

    for (;; length++) {
        char byte = at[length];
        if (digit(byte))
            continue;
        if (byte == ',' && !point && groups_thousands(at + length))
            continue;
        if (byte != '.' || point || !digit(at[length + 1]))
            return length;
        point = true;
    }
}

/* Digits without zeros at the ends, and the power of ten for them. */
static void set_value(struct note_number *number, const char *at, size_t length)
{
    size_t count = 0;
    bool point = false;

    number->exponent = 0;
    for (size_t i = 0; i < length; i++) {
        point = point || at[i] == '.';
        if (!digit(at[i]) || (count == 0 && at[i] == '0')) {
            number->exponent -= point && digit(at[i]);
            continue;
        }
        if (count + 1 < NOTE_NUMBER_DIGITS) {
            number->digits[count++] = at[i];
            number->exponent -= point;
        } else {
            number->exponent += !point;
        }
    }
    for (; count > 0 && number->digits[count - 1] == '0'; count--)
        number->exponent++;
    number->digits[count] = '\0';
    if (count == 0)
        number->exponent = 0;
}

static const char *past_space(const char *at)
{
    return at + strspn(at, " ~-");
}

/* What stands behind the digits: a scale, a unit, both. */
static const char *read_tail(struct note_number *number, const char *at)
{
    const char *end = at, *next = past_space(at);
    size_t length;
    int exponent = 0;

    length = note_units_scale(next, &exponent);
    if (length > 0) {
        number->exponent += number->digits[0] == '\0' ? 0 : exponent;
        end = next + length;
        next = past_space(end);
    }
    length = note_units_unit(next, &number->unit);
    if (length > 0)
        end = next + length;
    number->percent = text_same(number->unit, "%");
    return end;
}

/* A minus is one where something begins: not in a range, not in a name. */
static bool is_negative(const struct reading *reading)
{
    static const char *const signs[] = {"-", "\u2212", "\u2013"};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t length = strlen(signs[i]);
        const char *sign = reading->at - length;
        if ((size_t)(reading->at - reading->begin) < length ||
                strncmp(sign, signs[i], length) != 0)
            continue;
        return sign == reading->begin ||
                strchr(" ([{=<>~:,$", sign[-1]) != NULL ||
                (unsigned char)sign[-1] >= 0x80;
    }
    return false;
}

static void mark_written(struct reading *reading, struct note_number *number,
        const char *end)
{
    number->begin = reading->at;
    number->end = end;
    number->written = arena_string_n(reading->arena, reading->at,
            (size_t)(end - reading->at));
}

/* "7b" may be 7 of a unit and 7 billion; both stand in the list. */
static const char *read_letter(struct reading *reading, const char *at)
{
    int exponent = letter(at[1]) || digit(at[1]) ? 0 : note_units_letter(*at);

    if (exponent == 0)
        return at;
    struct note_number scaled =
            reading->numbers.items[reading->numbers.count - 1];
    scaled.exponent += scaled.digits[0] == '\0' ? 0 : exponent;
    scaled.unit = "";
    *add(reading) = scaled;
    return at + 1;
}

static void read_number(struct reading *reading)
{
    const char *at = reading->at;
    size_t length = digits_length(at);
    struct note_number *number = add(reading);
    const char *end = at + length;

    set_value(number, at, length);
    number->negative = is_negative(reading);
    const char *tail = read_tail(number, end);
    mark_written(reading, number, tail);
    if (letter(*end)) {
        const char *scaled = read_letter(reading, end);
        tail = scaled > tail ? scaled : tail;
    }
    reading->at = tail;
}

/* --- what is no number --- */

/* True where an item of a list may begin: behind a stop or a bracket, behind what
 * is not ASCII, or with "and" before it; not behind a word ("problem 6. Then"). */
static bool is_item_place(const struct reading *reading, bool behind_and)
{
    static const char and[] = " and";
    const char *at = reading->at;

    while (at > reading->begin && at[-1] == ' ')
        at--;
    if (at == reading->begin || strchr(".:;,!?(", at[-1]) != NULL ||
            (unsigned char)at[-1] >= 0x80)
        return true;
    size_t length = sizeof and-1;
    return behind_and && (size_t)(at - reading->begin) >= length &&
            strncmp(at - length, and, length) == 0;
}

/* "1) ... 2) ...", "(1) ...", "1. ...": counts what is said, and nothing of it. */
static bool is_marker(const struct reading *reading)
{
    const char *at = reading->at;
    char before = at == reading->begin ? ' ' : at[-1];

    if (digit(at[1]) || letter(before) || digit(before) || before == '-' ||
            before == '.')
        return false;
    return (at[1] == ')' && is_item_place(reading, true)) ||
            (at[1] == '.' && at[2] == ' ' && is_item_place(reading, false));
}

/* A word with what is joined to it: "gpt-4", "resnet50", "f1". */
static const char *name_end(const char *at)
{
    while (letter(*at) || digit(*at) ||
            ((*at == '-' || *at == '.' || *at == '_') &&
                    (digit(at[1]) || letter(at[1]))))
        at++;
    return at;
}

/* "90th" */
static bool is_ordinal(const char *end)
{
    return (text_starts(end, "th") || text_starts(end, "st") ||
                   text_starts(end, "nd") || text_starts(end, "rd")) &&
            !letter(end[2]);
}

/* Digits that belong to letters: "3d", "4o", but not "95ms", "7b" or "3.6x". */
static bool begins_name(const char *at)
{
    const char *unit = "", *end = at + digits_length(at);
    int exponent;

    if (!letter(*end) || note_units_unit(end, &unit) > 0 ||
            note_units_scale(end, &exponent) > 0 || is_ordinal(end))
        return false;
    return letter(end[1]) || digit(end[1]) || note_units_letter(*end) == 0;
}

static void read_word(struct reading *reading)
{
    const char *value, *unit;
    size_t length = note_units_word(reading->at, &value, &unit);

    if (length == 0) {
        bool top = text_starts(reading->at, "top-");
        reading->at = top ? reading->at + strlen("top") : name_end(reading->at);
        return;
    }
    struct note_number *number = add(reading);
    set_value(number, value, strlen(value));
    const char *tail = read_tail(number, reading->at + length);
    if (*unit != '\0')
        number->unit = unit;
    number->percent = text_same(number->unit, "%");
    mark_written(reading, number, tail);
    reading->at = tail;
}

/* What may stand between percentages of which only the last one says so. */
static bool joins(const char *between, size_t length)
{
    static const char *const joints[] = {", ", " and ", " to ", "-", "\u2013",
            " or ", ", and ", "/", "和", "到", "至", "、", " - ", "~", "\u2192",
            " \u2192 "};

    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        if (strlen(joints[i]) == length &&
                strncmp(joints[i], between, length) == 0)
            return true;
    return false;
}

/* "90, 93 and 95%", "from 90 to 95%": all of them are percentages. */
static void share_percent(struct note_number_list *numbers)
{
    for (size_t i = numbers->count; i-- > 1;) {
        struct note_number *one = &numbers->items[i - 1];
        const struct note_number *next = &numbers->items[i];
        if (next->percent && next->begin >= one->end &&
                joins(one->end, (size_t)(next->begin - one->end)))
            one->percent = true;
    }
}

struct note_number_list note_numbers_of(const char *folded, struct arena *arena)
{
    struct reading reading = {.begin = folded, .at = folded, .arena = arena};

    while (*reading.at != '\0') {
        const char *begin = reading.at;
        if (letter(*begin))
            read_word(&reading);
        else if (!digit(*begin) || is_marker(&reading))
            reading.at++;
        else if (begins_name(begin))
            reading.at = name_end(begin);
        else
            read_number(&reading);
    }
    share_percent(&reading.numbers);
    return reading.numbers;
}

/* --- comparing --- */

static bool units_fit(const struct note_number *note,
        const struct note_number *source)
{
    return *note->unit == '\0' || *source->unit == '\0' ||
            text_same(note->unit, source->unit);
}

static bool fits(const struct note_number *note,
        const struct note_number *source)
{
    return text_same(note->digits, source->digits) &&
            note->exponent == source->exponent &&
            note->negative == source->negative &&
            (!note->percent || source->percent) && units_fit(note, source);
}

const struct note_number *
note_numbers_strange(const struct note_number_list *note,
        const struct note_number_list *source)
{
    for (size_t i = 0; i < note->count; i++) {
        bool found = false;
        for (size_t j = 0; j < source->count && !found; j++)
            found = fits(&note->items[i], &source->items[j]);
        if (!found)
            return &note->items[i];
    }
    return NULL;
}
