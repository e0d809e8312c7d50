#include "bot/base/text_latex_table.h"

#include <stdlib.h>
#include <string.h>

struct row {
    const char *name, *text;
};

/* Each is in strcmp's order. */

static const struct row letters[] = {{"BibTeX", "BibTeX"}, {"Box", "□"},
        {"Delta", "Δ"}, {"Diamond", "◇"}, {"EUR", "€"}, {"Gamma", "Γ"},
        {"Im", "ℑ"}, {"LaTeX", "LaTeX"}, {"LaTeXe", "LaTeX2e"}, {"Lambda", "Λ"},
        {"Omega", "Ω"}, {"Phi", "Φ"}, {"Pi", "Π"}, {"Psi", "Ψ"}, {"Re", "ℜ"},
        {"Sigma", "Σ"}, {"TeX", "TeX"}, {"Theta", "Θ"}, {"Upsilon", "Υ"},
        {"Vert", "‖"}, {"Xi", "Ξ"}, {"aleph", "ℵ"}, {"alpha", "α"},
        {"angle", "∠"}, {"backprime", "‵"}, {"backslash", "\\"}, {"beta", "β"},
        {"beth", "ℶ"}, {"bigcap", "⋂"}, {"bigcup", "⋃"}, {"bigodot", "⨀"},
        {"bigoplus", "⨁"}, {"bigotimes", "⨂"}, {"bigsqcup", "⨆"},
        {"bigstar", "★"}, {"biguplus", "⨄"}, {"bigvee", "⋁"}, {"bigwedge", "⋀"},
        {"blacklozenge", "⧫"}, {"blacksquare", "■"}, {"blacktriangle", "▲"},
        {"bot", "⊥"}, {"cdots", "⋯"}, {"celsius", "℃"}, {"checkmark", "✓"},
        {"chi", "χ"}, {"circledR", "®"}, {"clubsuit", "♣"}, {"colon", ":"},
        {"complement", "∁"}, {"coprod", "∐"}, {"copyright", "©"}, {"dag", "†"},
        {"dagger", "†"}, {"daleth", "ℸ"}, {"ddag", "‡"}, {"ddagger", "‡"},
        {"ddots", "⋱"}, {"deg", "°"}, {"degree", "°"}, {"delta", "δ"},
        {"diamondsuit", "♦"}, {"digamma", "ϝ"}, {"dots", "…"}, {"dotsb", "⋯"},
        {"dotsc", "…"}, {"dotsi", "⋯"}, {"dotsm", "⋯"}, {"eg", "e.g."},
        {"ell", "ℓ"}, {"emptyset", "∅"}, {"epsilon", "ε"}, {"eta", "η"},
        {"etal", "et al."}, {"etc", "etc."}, {"eth", "ð"}, {"euro", "€"},
        {"exists", "∃"}, {"flat", "♭"}, {"forall", "∀"}, {"gamma", "γ"},
        {"gimel", "ℷ"}, {"guillemotleft", "«"}, {"guillemotright", "»"},
        {"hbar", "ℏ"}, {"heartsuit", "♥"}, {"hslash", "ℏ"}, {"ie", "i.e."},
        {"iiint", "∭"}, {"iint", "∬"}, {"imath", "ı"}, {"infty", "∞"},
        {"int", "∫"}, {"iota", "ι"}, {"jmath", "ȷ"}, {"kappa", "κ"},
        {"lVert", "‖"}, {"lambda", "λ"}, {"langle", "⟨"}, {"lbrace", "{"},
        {"lbrack", "["}, {"lceil", "⌈"}, {"ldots", "…"}, {"lfloor", "⌊"},
        {"llbracket", "⟦"}, {"llcorner", "⌞"}, {"lnot", "¬"}, {"lozenge", "◊"},
        {"lq", "‘"}, {"lrcorner", "⌟"}, {"lvert", "|"}, {"maltese", "✠"},
        {"measuredangle", "∡"}, {"mho", "℧"}, {"mu", "μ"}, {"nabla", "∇"},
        {"natural", "♮"}, {"neg", "¬"}, {"nexists", "∄"}, {"nu", "ν"},
        {"numero", "№"}, {"oint", "∮"}, {"omega", "ω"}, {"omicron", "ο"},
        {"partial", "∂"}, {"phi", "φ"}, {"pi", "π"}, {"pounds", "£"},
        {"prime", "′"}, {"prod", "∏"}, {"psi", "ψ"}, {"rVert", "‖"},
        {"rangle", "⟩"}, {"rbrace", "}"}, {"rbrack", "]"}, {"rceil", "⌉"},
        {"rfloor", "⌋"}, {"rho", "ρ"}, {"rq", "’"}, {"rrbracket", "⟧"},
        {"rvert", "|"}, {"sharp", "♯"}, {"sigma", "σ"}, {"spadesuit", "♠"},
        {"sphericalangle", "∢"}, {"square", "□"}, {"sum", "∑"}, {"surd", "√"},
        {"tau", "τ"}, {"textasciicircum", "^"}, {"textasciitilde", "~"},
        {"textasteriskcentered", "*"}, {"textbackslash", "\\"},
        {"textbar", "|"}, {"textbraceleft", "{"}, {"textbraceright", "}"},
        {"textbullet", "•"}, {"textcent", "¢"}, {"textcopyright", "©"},
        {"textdegree", "°"}, {"textdollar", "$"}, {"textellipsis", "…"},
        {"textemdash", "—"}, {"textendash", "–"}, {"texteuro", "€"},
        {"textexclamdown", "¡"}, {"textgreater", ">"}, {"textless", "<"},
        {"textmu", "µ"}, {"textonehalf", "½"}, {"textonequarter", "¼"},
        {"textordfeminine", "ª"}, {"textordmasculine", "º"},
        {"textperiodcentered", "·"}, {"textquestiondown", "¿"},
        {"textquotedblleft", "“"}, {"textquotedblright", "”"},
        {"textquoteleft", "‘"}, {"textquoteright", "’"},
        {"textquotesingle", "'"}, {"textregistered", "®"},
        {"textsterling", "£"}, {"textthreequarters", "¾"},
        {"texttrademark", "™"}, {"textunderscore", "_"}, {"textyen", "¥"},
        {"theta", "θ"}, {"top", "⊤"}, {"triangle", "△"}, {"ulcorner", "⌜"},
        {"upsilon", "υ"}, {"urcorner", "⌝"}, {"varDelta", "Δ"},
        {"varGamma", "Γ"}, {"varLambda", "Λ"}, {"varOmega", "Ω"},
        {"varPhi", "Φ"}, {"varPi", "Π"}, {"varPsi", "Ψ"}, {"varSigma", "Σ"},
        {"varTheta", "Θ"}, {"varUpsilon", "Υ"}, {"varXi", "Ξ"},
        {"varepsilon", "ε"}, {"varkappa", "ϰ"}, {"varnothing", "∅"},
        {"varphi", "φ"}, {"varpi", "ϖ"}, {"varrho", "ϱ"}, {"varsigma", "ς"},
        {"vartheta", "ϑ"}, {"vdots", "⋮"}, {"vert", "|"}, {"wp", "℘"},
        {"wrt", "w.r.t."}, {"xi", "ξ"}, {"yen", "¥"}, {"zeta", "ζ"}};

static const struct row binaries[] = {{"Downarrow", "⇓"}, {"Join", "⋈"},
        {"Leftarrow", "⇐"}, {"Leftrightarrow", "⇔"}, {"Longleftarrow", "⟸"},
        {"Longleftrightarrow", "⟺"}, {"Longrightarrow", "⟹"},
        {"Rightarrow", "⇒"}, {"Uparrow", "⇑"}, {"Updownarrow", "⇕"},
        {"Vdash", "⊩"}, {"amalg", "⨿"}, {"approx", "≈"}, {"approxeq", "≊"},
        {"ast", "∗"}, {"asymp", "≍"}, {"because", "∵"}, {"bigcirc", "◯"},
        {"bigtriangledown", "▽"}, {"bigtriangleup", "△"}, {"bmod", "mod"},
        {"bowtie", "⋈"}, {"boxplus", "⊞"}, {"boxtimes", "⊠"}, {"bullet", "•"},
        {"bumpeq", "≏"}, {"cap", "∩"}, {"cdot", "·"}, {"centerdot", "·"},
        {"circ", "∘"}, {"circlearrowleft", "↺"}, {"circlearrowright", "↻"},
        {"coloneqq", "≔"}, {"cong", "≅"}, {"cup", "∪"}, {"curvearrowleft", "↶"},
        {"curvearrowright", "↷"}, {"dashv", "⊣"}, {"div", "÷"}, {"doteq", "≐"},
        {"downarrow", "↓"}, {"eqqcolon", "≕"}, {"equiv", "≡"}, {"ge", "≥"},
        {"geq", "≥"}, {"geqslant", "⩾"}, {"gets", "←"}, {"gg", "≫"},
        {"ggg", "⋙"}, {"gt", ">"}, {"gtrapprox", "⪆"}, {"gtrsim", "≳"},
        {"hookleftarrow", "↩"}, {"hookrightarrow", "↪"}, {"iff", "⟺"},
        {"impliedby", "⟸"}, {"implies", "⟹"}, {"in", "∈"}, {"land", "∧"},
        {"le", "≤"}, {"leadsto", "⇝"}, {"leftarrow", "←"},
        {"leftharpoondown", "↽"}, {"leftharpoonup", "↼"},
        {"leftleftarrows", "⇇"}, {"leftrightarrow", "↔"},
        {"leftrightarrows", "⇆"}, {"leftrightharpoons", "⇋"}, {"leq", "≤"},
        {"leqslant", "⩽"}, {"lessapprox", "⪅"}, {"lesssim", "≲"}, {"ll", "≪"},
        {"lll", "⋘"}, {"longleftarrow", "⟵"}, {"longleftrightarrow", "⟷"},
        {"longmapsto", "⟼"}, {"longrightarrow", "⟶"}, {"lor", "∨"}, {"lt", "<"},
        {"ltimes", "⋉"}, {"mapsto", "↦"}, {"mid", "∣"}, {"mod", "mod"},
        {"models", "⊨"}, {"mp", "∓"}, {"multimap", "⊸"}, {"ncong", "≇"},
        {"ne", "≠"}, {"nearrow", "↗"}, {"neq", "≠"}, {"ngeq", "≱"},
        {"ngtr", "≯"}, {"ni", "∋"}, {"nleftarrow", "↚"}, {"nleq", "≰"},
        {"nless", "≮"}, {"nmid", "∤"}, {"notin", "∉"}, {"nparallel", "∦"},
        {"nrightarrow", "↛"}, {"nsim", "≁"}, {"nsubseteq", "⊈"},
        {"nsupseteq", "⊉"}, {"nwarrow", "↖"}, {"odot", "⊙"}, {"ominus", "⊖"},
        {"oplus", "⊕"}, {"oslash", "⊘"}, {"otimes", "⊗"}, {"owns", "∋"},
        {"parallel", "∥"}, {"perp", "⊥"}, {"pm", "±"}, {"prec", "≺"},
        {"preceq", "⪯"}, {"propto", "∝"}, {"rightarrow", "→"},
        {"rightarrowtail", "↣"}, {"rightharpoondown", "⇁"},
        {"rightharpoonup", "⇀"}, {"rightleftarrows", "⇄"},
        {"rightleftharpoons", "⇌"}, {"rightrightarrows", "⇉"},
        {"rightsquigarrow", "⇝"}, {"rtimes", "⋊"}, {"searrow", "↘"},
        {"setminus", "∖"}, {"sim", "∼"}, {"simeq", "≃"}, {"smallsetminus", "∖"},
        {"sqcap", "⊓"}, {"sqcup", "⊔"}, {"sqsubset", "⊏"}, {"sqsubseteq", "⊑"},
        {"sqsupset", "⊐"}, {"sqsupseteq", "⊒"}, {"star", "⋆"}, {"subset", "⊂"},
        {"subseteq", "⊆"}, {"subsetneq", "⊊"}, {"succ", "≻"}, {"succeq", "⪰"},
        {"supset", "⊃"}, {"supseteq", "⊇"}, {"supsetneq", "⊋"},
        {"swarrow", "↙"}, {"textdiv", "÷"}, {"textdownarrow", "↓"},
        {"textleftarrow", "←"}, {"textpm", "±"}, {"textrightarrow", "→"},
        {"texttimes", "×"}, {"textuparrow", "↑"}, {"therefore", "∴"},
        {"thickapprox", "≈"}, {"thicksim", "∼"}, {"times", "×"}, {"to", "→"},
        {"triangleleft", "◁"}, {"triangleq", "≜"}, {"triangleright", "▷"},
        {"twoheadrightarrow", "↠"}, {"uparrow", "↑"}, {"updownarrow", "↕"},
        {"upharpoonright", "↾"}, {"uplus", "⊎"}, {"vDash", "⊨"},
        {"varpropto", "∝"}, {"vdash", "⊢"}, {"vee", "∨"}, {"wedge", "∧"},
        {"wr", "≀"}};

static const struct row words[] = {{"Cov", "Cov"}, {"Pr", "Pr"}, {"Tr", "Tr"},
        {"Var", "Var"}, {"arccos", "arccos"}, {"arcsin", "arcsin"},
        {"arctan", "arctan"}, {"arg", "arg"}, {"argmax", "argmax"},
        {"argmin", "argmin"}, {"cos", "cos"}, {"cosh", "cosh"}, {"cot", "cot"},
        {"coth", "coth"}, {"csc", "csc"}, {"det", "det"}, {"diag", "diag"},
        {"dim", "dim"}, {"exp", "exp"}, {"gcd", "gcd"}, {"hom", "hom"},
        {"inf", "inf"}, {"ker", "ker"}, {"lcm", "lcm"}, {"lg", "lg"},
        {"lim", "lim"}, {"liminf", "liminf"}, {"limsup", "limsup"},
        {"ln", "ln"}, {"log", "log"}, {"max", "max"}, {"min", "min"},
        {"poly", "poly"}, {"polylog", "polylog"}, {"rank", "rank"},
        {"sec", "sec"}, {"sgn", "sgn"}, {"sign", "sign"}, {"sin", "sin"},
        {"sinh", "sinh"}, {"softmax", "softmax"}, {"sup", "sup"},
        {"tan", "tan"}, {"tanh", "tanh"}, {"tr", "tr"}};

static const struct row spaces[] = {{"enskip", " "}, {"enspace", " "},
        {"hfill", " "}, {"linebreak", " "}, {"medspace", " "},
        {"negthinspace", ""}, {"newline", " "}, {"nobreakspace", " "},
        {"par", " "}, {"qquad", " "}, {"quad", " "}, {"space", " "},
        {"thickspace", " "}, {"thinspace", " "}};

static const struct row declarations[] = {{"Big", ""}, {"Bigg", ""},
        {"Biggl", ""}, {"Biggm", ""}, {"Biggr", ""}, {"Bigl", ""}, {"Bigm", ""},
        {"Bigr", ""}, {"Huge", ""}, {"LARGE", ""}, {"Large", ""},
        {"allowbreak", ""}, {"bf", ""}, {"bfseries", ""}, {"big", ""},
        {"bigg", ""}, {"biggl", ""}, {"biggm", ""}, {"biggr", ""}, {"bigl", ""},
        {"bigm", ""}, {"bigr", ""}, {"boldmath", ""}, {"cal", ""},
        {"centering", ""}, {"displaystyle", ""}, {"em", ""},
        {"footnotesize", ""}, {"frenchspacing", ""}, {"huge", ""},
        {"ignorespaces", ""}, {"indent", ""}, {"it", ""}, {"itshape", ""},
        {"large", ""}, {"left", ""}, {"limits", ""}, {"mdseries", ""},
        {"middle", ""}, {"nobreak", ""}, {"noindent", ""}, {"nolimits", ""},
        {"normalfont", ""}, {"normalsize", ""}, {"protect", ""}, {"relax", ""},
        {"right", ""}, {"rm", ""}, {"rmfamily", ""}, {"sc", ""},
        {"scriptscriptstyle", ""}, {"scriptsize", ""}, {"scriptstyle", ""},
        {"scshape", ""}, {"sf", ""}, {"sffamily", ""}, {"sl", ""},
        {"sloppy", ""}, {"slshape", ""}, {"small", ""}, {"textstyle", ""},
        {"tiny", ""}, {"tt", ""}, {"ttfamily", ""}, {"unboldmath", ""},
        {"unskip", ""}, {"upshape", ""}, {"xspace", ""}};

static const struct row accents[] = {{"acute", "\u0301"}, {"bar", "\u0304"},
        {"breve", "\u0306"}, {"check", "\u030C"}, {"dddot", "\u20DB"},
        {"ddot", "\u0308"}, {"dot", "\u0307"}, {"grave", "\u0300"},
        {"hat", "\u0302"}, {"mathring", "\u030A"}, {"overline", "\u0305"},
        {"overrightarrow", "\u20D7"}, {"tilde", "\u0303"}, {"vec", "\u20D7"},
        {"widehat", "\u0302"}, {"widetilde", "\u0303"}};

static const struct row groups[] = {{"bm", ""}, {"bold", ""},
        {"boldsymbol", ""}, {"boxed", ""}, {"ensuremath", ""}, {"mathbf", ""},
        {"mathbin", ""}, {"mathclose", ""}, {"mathinner", ""}, {"mathit", ""},
        {"mathnormal", ""}, {"mathop", ""}, {"mathopen", ""}, {"mathord", ""},
        {"mathpunct", ""}, {"mathrel", ""}, {"mathrm", ""}, {"mathsf", ""},
        {"mathtt", ""}, {"pmb", ""}, {"smash", ""}, {"uline", ""},
        {"underline", ""}};

static const struct row texts[] = {{"emph", ""}, {"fbox", ""}, {"hbox", ""},
        {"hl", ""}, {"mbox", ""}, {"sout", ""}, {"st", ""}, {"text", ""},
        {"textbf", ""}, {"textit", ""}, {"textlf", ""}, {"textmd", ""},
        {"textnormal", ""}, {"textrm", ""}, {"textsc", ""}, {"textsf", ""},
        {"textsl", ""}, {"texttt", ""}, {"textup", ""}};

struct section {
    enum text_latex_kind kind;
    const struct row *rows;
    size_t count;
};

#define SECTION(kind, rows)                                                    \
    {                                                                          \
        (kind), (rows), sizeof(rows) / sizeof *(rows)                          \
    }

static const struct section sections[] = {SECTION(LATEX_LETTER, letters),
        SECTION(LATEX_BINARY, binaries), SECTION(LATEX_WORD, words),
        SECTION(LATEX_SPACE, spaces), SECTION(LATEX_NOTHING, declarations),
        SECTION(LATEX_ACCENT, accents), SECTION(LATEX_GROUP, groups),
        SECTION(LATEX_TEXT, texts)};

struct key {
    const char *name;
    size_t length;
};

static int compare(const void *key, const void *item)
{
    const struct key *name = key;
    const struct row *row = item;
    int order = strncmp(name->name, row->name, name->length);

    return order != 0 ? order : row->name[name->length] == '\0' ? 0 : -1;
}

bool text_latex_table_find(const char *name, size_t length,
        struct text_latex_name *found)
{
    struct key key = {name, length};

    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        const struct section *section = &sections[i];
        const struct row *row = bsearch(&key, section->rows, section->count,
                sizeof *section->rows, compare);
        if (row != NULL) {
            *found = (struct text_latex_name){section->kind, row->text};
            return true;
        }
    }
    return false;
}

/* --- styles --- */

/* Letters that Unicode had before the others and did not put with them. */
struct exception {
    char letter;
    uint32_t rune;
};

static const struct exception double_struck[] = {{'C', 0x2102}, {'H', 0x210D},
        {'N', 0x2115}, {'P', 0x2119}, {'Q', 0x211A}, {'R', 0x211D},
        {'Z', 0x2124}, {0, 0}};
static const struct exception script[] = {{'B', 0x212C}, {'E', 0x2130},
        {'F', 0x2131}, {'H', 0x210B}, {'I', 0x2110}, {'L', 0x2112},
        {'M', 0x2133}, {'R', 0x211B}, {'e', 0x212F}, {'g', 0x210A},
        {'o', 0x2134}, {0, 0}};
static const struct exception fraktur[] = {{'C', 0x212D}, {'H', 0x210C},
        {'I', 0x2111}, {'R', 0x211C}, {'Z', 0x2128}, {0, 0}};

static const struct {
    uint32_t upper, lower, digit; /* of A, a, 0; digit 0: there are none */
    const struct exception *exceptions;
} styles[] = {
        [LATEX_DOUBLE_STRUCK] = {0x1D538, 0x1D552, 0x1D7D8, double_struck},
        [LATEX_SCRIPT] = {0x1D49C, 0x1D4B6, 0, script},
        [LATEX_FRAKTUR] = {0x1D504, 0x1D51E, 0, fraktur},
};

uint32_t text_latex_table_styled(enum text_latex_style style, uint32_t rune)
{
    for (const struct exception *at = styles[style].exceptions; at->letter != 0;
            at++)
        if ((uint32_t)at->letter == rune)
            return at->rune;
    if (rune >= 'A' && rune <= 'Z')
        return styles[style].upper + (rune - 'A');
    if (rune >= 'a' && rune <= 'z')
        return styles[style].lower + (rune - 'a');
    if (rune >= '0' && rune <= '9' && styles[style].digit != 0)
        return styles[style].digit + (rune - '0');
    return rune;
}

/* --- scripts --- */

struct script_row {
    uint32_t rune, script;
};

static const struct script_row raised[] = {{'0', 0x2070}, {'1', 0x00B9},
        {'2', 0x00B2}, {'3', 0x00B3}, {'4', 0x2074}, {'5', 0x2075},
        {'6', 0x2076}, {'7', 0x2077}, {'8', 0x2078}, {'9', 0x2079},
        {'+', 0x207A}, {'-', 0x207B}, {'=', 0x207C}, {'(', 0x207D},
        {')', 0x207E}, {'a', 0x1D43}, {'b', 0x1D47}, {'c', 0x1D9C},
        {'d', 0x1D48}, {'e', 0x1D49}, {'f', 0x1DA0}, {'g', 0x1D4D},
        {'h', 0x02B0}, {'i', 0x2071}, {'j', 0x02B2}, {'k', 0x1D4F},
        {'l', 0x02E1}, {'m', 0x1D50}, {'n', 0x207F}, {'o', 0x1D52},
        {'p', 0x1D56}, {'r', 0x02B3}, {'s', 0x02E2}, {'t', 0x1D57},
        {'u', 0x1D58}, {'v', 0x1D5B}, {'w', 0x02B7}, {'x', 0x02E3},
        {'y', 0x02B8}, {'z', 0x1DBB}, {'A', 0x1D2C}, {'B', 0x1D2E},
        {'D', 0x1D30}, {'E', 0x1D31}, {'G', 0x1D33}, {'H', 0x1D34},
        {'I', 0x1D35}, {'J', 0x1D36}, {'K', 0x1D37}, {'L', 0x1D38},
        {'M', 0x1D39}, {'N', 0x1D3A}, {'O', 0x1D3C}, {'P', 0x1D3E},
        {'R', 0x1D3F}, {'T', 0x1D40}, {'U', 0x1D41}, {'V', 0x2C7D},
        {'W', 0x1D42}, {0x03B1, 0x1D45}, {0x03B2, 0x1D5D}, {0x03B3, 0x1D5E},
        {0x03B4, 0x1D5F}, {0x03B5, 0x1D4B}, {0x03B8, 0x1DBF}, {0x03C6, 0x1D60},
        {0x03C7, 0x1D61}, {0x22A4, 0x1D40}, {0x2218, 0x00B0}, {0x00B0, 0x00B0},
        {0x2032, 0x2032}, {'*', 0x002A}, {0x2217, 0x002A}, {0x2020, 0x2020},
        {0x2021, 0x2021}, {0x00AE, 0x00AE}, {0x2122, 0x2122}, {0x2033, 0x2033},
        {0x22C6, 0x22C6}, {0x2605, 0x2605}};

static const struct script_row lowered[] = {{'0', 0x2080}, {'1', 0x2081},
        {'2', 0x2082}, {'3', 0x2083}, {'4', 0x2084}, {'5', 0x2085},
        {'6', 0x2086}, {'7', 0x2087}, {'8', 0x2088}, {'9', 0x2089},
        {'+', 0x208A}, {'-', 0x208B}, {'=', 0x208C}, {'(', 0x208D},
        {')', 0x208E}, {'a', 0x2090}, {'e', 0x2091}, {'h', 0x2095},
        {'i', 0x1D62}, {'j', 0x2C7C}, {'k', 0x2096}, {'l', 0x2097},
        {'m', 0x2098}, {'n', 0x2099}, {'o', 0x2092}, {'p', 0x209A},
        {'r', 0x1D63}, {'s', 0x209B}, {'t', 0x209C}, {'u', 0x1D64},
        {'v', 0x1D65}, {'x', 0x2093}, {0x03B2, 0x1D66}, {0x03B3, 0x1D67},
        {0x03C1, 0x1D68}, {0x03C6, 0x1D69}, {0x03C7, 0x1D6A}};

#define FIND(rows, rune) find((rows), sizeof(rows) / sizeof *(rows), (rune))

static uint32_t find(const struct script_row *rows, size_t count, uint32_t rune)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].rune == rune)
            return rows[i].script;
    return 0;
}

uint32_t text_latex_table_raised(uint32_t rune)
{
    return FIND(raised, rune);
}

uint32_t text_latex_table_lowered(uint32_t rune)
{
    return FIND(lowered, rune);
}
