#include "bot/write/note_units.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

struct named {
    const char *word; /* folded */
    const char *means;
};

/* Of words that begin alike the longer one comes first. */
static const struct named units[] = {
        {"%", "%"},
        {"\\%", "%"},
        {"percentage points", "%"},
        {"percentage point", "%"},
        {"percentage", "%"},
        {"percent", "%"},
        {"per cent", "%"},
        {"个百分点", "%"},
        {"百分点", "%"},
        {"points", "%"},
        {"point", "%"},
        {"pp", "%"},
        {"\u00D7", "x"},
        {"x", "x"},
        {"times", "x"},
        {"fold", "x"},
        {"-fold", "x"},
        {"余倍", "x"},
        {"多倍", "x"},
        {"倍", "x"},
        {"milliseconds", "ms"},
        {"millisecond", "ms"},
        {"ms", "ms"},
        {"毫秒", "ms"},
        {"seconds", "s"},
        {"second", "s"},
        {"secs", "s"},
        {"sec", "s"},
        {"s", "s"},
        {"秒", "s"},
        {"minutes", "min"},
        {"minute", "min"},
        {"mins", "min"},
        {"min", "min"},
        {"分钟", "min"},
        {"hours", "h"},
        {"hour", "h"},
        {"hrs", "h"},
        {"hr", "h"},
        {"h", "h"},
        {"个小时", "h"},
        {"小时", "h"},
        {"days", "day"},
        {"day", "day"},
        {"天", "day"},
        {"weeks", "week"},
        {"week", "week"},
        {"周", "week"},
        {"months", "month"},
        {"month", "month"},
        {"个月", "month"},
        {"years", "year"},
        {"year", "year"},
        {"kb", "kb"},
        {"mb", "mb"},
        {"gb", "gb"},
        {"tb", "tb"},
        {"kib", "kb"},
        {"mib", "mb"},
        {"gib", "gb"},
        {"khz", "khz"},
        {"mhz", "mhz"},
        {"ghz", "ghz"},
        {"hz", "hz"},
        {"赫兹", "hz"},
        {"frames per second", "fps"},
        {"fps", "fps"},
        {"帧/秒", "fps"},
        {"db", "db"},
        {"分贝", "db"},
        {"kilometers", "km"},
        {"km", "km"},
        {"公里", "km"},
        {"千米", "km"},
        {"centimeters", "cm"},
        {"cm", "cm"},
        {"厘米", "cm"},
        {"millimeters", "mm"},
        {"mm", "mm"},
        {"毫米", "mm"},
        {"meters", "m"},
        {"metres", "m"},
        {"m", "m"},
        {"米", "m"},
        {"kg", "kg"},
        {"公斤", "kg"},
        {"千克", "kg"},
        {"dollars", "usd"},
        {"美元", "usd"},
};

static const struct {
    const char *word;
    int exponent;
} scales[] = {
        {"hundred", 2},
        {"thousand", 3},
        {"million", 6},
        {"billion", 9},
        {"trillion", 12},
        {"多万亿", 12},
        {"万亿", 12},
        {"千亿", 11},
        {"百亿", 10},
        {"十亿", 9},
        {"多亿", 8},
        {"余亿", 8},
        {"亿", 8},
        {"千万", 7},
        {"百万", 6},
        {"十万", 5},
        {"多万", 4},
        {"余万", 4},
        {"万", 4},
        {"千", 3},
};

static const struct {
    const char *word, *value, *unit;
} words[] = {
        {"zero", "0", ""},
        {"one", "1", ""},
        {"two", "2", ""},
        {"three", "3", ""},
        {"four", "4", ""},
        {"five", "5", ""},
        {"six", "6", ""},
        {"seven", "7", ""},
        {"eight", "8", ""},
        {"nine", "9", ""},
        {"ten", "10", ""},
        {"eleven", "11", ""},
        {"twelve", "12", ""},
        {"thirteen", "13", ""},
        {"fourteen", "14", ""},
        {"fifteen", "15", ""},
        {"sixteen", "16", ""},
        {"seventeen", "17", ""},
        {"eighteen", "18", ""},
        {"nineteen", "19", ""},
        {"twenty", "20", ""},
        {"thirty", "30", ""},
        {"forty", "40", ""},
        {"fifty", "50", ""},
        {"sixty", "60", ""},
        {"seventy", "70", ""},
        {"eighty", "80", ""},
        {"ninety", "90", ""},
        {"hundreds", "100", ""},
        {"thousands", "1000", ""},
        {"first", "1", ""},
        {"second", "2", ""},
        {"third", "3", ""},
        {"twofold", "2", "x"},
        {"threefold", "3", "x"},
        {"twice", "2", "x"},
        {"double", "2", "x"},
        {"doubles", "2", "x"},
        {"doubling", "2", "x"},
        {"triple", "3", "x"},
        {"half", "50", "%"},
        {"halves", "50", "%"},
        {"order of magnitude", "10", "x"},
        {"orders of magnitude", "10", "x"},
        {"single", "1", ""},
        {"dozen", "12", ""},
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* A Latin word counts only whole. */
static size_t taken(const char *at, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(at, word, length) != 0)
        return 0;
    bool letters = isalpha((unsigned char)word[length - 1]) != 0;
    return letters && isalnum((unsigned char)at[length]) ? 0 : length;
}

size_t note_units_unit(const char *at, const char **unit)
{
    for (size_t i = 0; i < COUNT(units); i++) {
        size_t length = taken(at, units[i].word);
        if (length > 0) {
            *unit = units[i].means;
            return length;
        }
    }
    return 0;
}

size_t note_units_scale(const char *at, int *exponent)
{
    for (size_t i = 0; i < COUNT(scales); i++) {
        size_t length = taken(at, scales[i].word);
        if (length > 0) {
            *exponent = scales[i].exponent;
            return length;
        }
    }
    return 0;
}

int note_units_letter(char letter)
{
    switch (letter) {
    case 'k':
        return 3;
    case 'm':
        return 6;
    case 'b':
        return 9;
    case 't':
        return 12;
    default:
        return 0;
    }
}

size_t note_units_word(const char *at, const char **value, const char **unit)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        size_t length = taken(at, words[i].word);
        if (length > 0) {
            *value = words[i].value;
            *unit = words[i].unit;
            return length;
        }
    }
    return 0;
}
