#include "text/fold_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "text/folded_text.hpp"

namespace kharita::text {

namespace {

// The tables below are written with what each character folds to, so that they can be read against the code
// charts. In single-letter tables `-` is a mark that vanishes, `#` a sign, `?` a letter of no interest.

/// U+0600 .. U+06FF.
constexpr std::u32string_view arabic_block =
    U"############,/##-----------;-##?يءااوايابهتثجحخدذرزسشصضطظعغككييي"
    U"-فقكلمنهويي---------------------0123456789%.,*بق-ااا-اوويتتبتتبت"
    U"بححججحججدددددددددرررررررزرسسسصصطعفففففبققككككككككككككللللنننننهج"
    U"ههههوووووووويييويييي.ه-------##----------#----در0123456789شضغ##ه";
static_assert(arabic_block.size() == 256);

/// U+0750 .. U+077F: letters of other languages in Arabic script, to the letter they are drawn from.
constexpr std::u32string_view arabic_supplement = U"بببببببححددرسعععففكككممنننلررسححسرحاايييووييحسسك";
static_assert(arabic_supplement.size() == 48);

/// U+00C0 .. U+024F; `2` stands for a pair of letters (see latin_pair), `*` for × and ÷.
constexpr std::string_view latin_letters = "aaaaaa2ceeeeiiiidnooooo*ouuuuy22aaaaaa2ceeeeiiiidnooooo*ouuuuy2y"
                                           "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii22jjkkklllllll"
                                           "lllnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
                                           "bb?????ccdddd?ee?ffg???ikkl?mnnooo??pp?????ttttuu?vyyzz?????????"
                                           "????222222222aaiioouuuuuuuuuueaaaa22ggggkkoooo??j222gg??nnaa22oo"
                                           "aaaaeeeeiiiioooorrrruuuusstt??hhnd??zzaaeeooooooooyylntj??acclts"
                                           "z??bu?eejj??rryy";
static_assert(latin_letters.size() == 400);

/// U+1E00 .. U+1EFF.
constexpr std::string_view latin_additional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy?s??2?aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";
static_assert(latin_additional.size() == 256);

/// U+0250 .. U+02AF: small letters whose capitals stand in latin_letters, the Azerbaijani ə among them.
constexpr std::string_view latin_phonetic = "???b??dd?e??????g???????i??????m??n??o??????????????????tu?v????"
                                            "????????????????????????????????";
static_assert(latin_phonetic.size() == 96);

/// U+FB50 .. U+FDFF, each character's letters, `|` between characters.
constexpr std::u32string_view presentation_forms_a =
    U"ا|ا|ب|ب|ب|ب|ب|ب|ب|ب|ب|ب|ب|ب|ت|ت|ت|ت|ت|ت|ت|ت|ت|ت|ت|ت|ف|ف|ف|ف|ب|ب|ب|ب|ج|ج|ج|ج|ج|ج|ج|ج|ج|"
    U"ج|ج|ج|ج|ج|ج|ج|د|د|د|د|د|د|د|د|ز|ز|ر|ر|ك|ك|ك|ك|ك|ك|ك|ك|ك|ك|ك|ك|ك|ك|ك|ك|ن|ن|ن|ن|ن|ن|ه|ه|"
    U"ه|ه|ه|ه|ه|ه|ه|ه|ي|ي|ي|ي|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|"
    U"#|#|ك|ك|ك|ك|و|و|و|و|و|و|و|و|و|و|و|و|و|ي|ي|ي|ي|ي|ي|يا|يا|يه|يه|يو|يو|يو|يو|يو|يو|يو|يو|"
    U"يي|يي|يي|يي|يي|يي|ي|ي|ي|ي|يج|يح|يم|يي|يي|بج|بح|بخ|بم|بي|بي|تج|تح|تخ|تم|تي|تي|ثج|ثم|ثي|"
    U"ثي|جح|جم|حج|حم|خج|خح|خم|سج|سح|سخ|سم|صح|صم|ضج|ضح|ضخ|ضم|طح|طم|ظم|عج|عم|غج|غم|فج|فح|فخ|فم|"
    U"في|في|قح|قم|قي|قي|كا|كج|كح|كخ|كل|كم|كي|كي|لج|لح|لخ|لم|لي|لي|مج|مح|مخ|مم|مي|مي|نج|نح|نخ|"
    U"نم|ني|ني|هج|هم|هي|هي|يج|يح|يخ|يم|يي|يي|ذ|ر|ي|||||||ير|يز|يم|ين|يي|يي|بر|بز|بم|بن|بي|بي|"
    U"تر|تز|تم|تن|تي|تي|ثر|ثز|ثم|ثن|ثي|ثي|في|في|قي|قي|كا|كل|كم|كي|كي|لم|لي|لي|ما|مم|نر|نز|نم|"
    U"نن|ني|ني|ي|ير|يز|يم|ين|يي|يي|يج|يح|يخ|يم|يه|بج|بح|بخ|بم|به|تج|تح|تخ|تم|ته|ثم|جح|جم|حج|"
    U"حم|خج|خم|سج|سح|سخ|سم|صح|صخ|صم|ضج|ضح|ضخ|ضم|طح|ظم|عج|عم|غج|غم|فج|فح|فخ|فم|قح|قم|كج|كح|كخ|"
    U"كل|كم|لج|لح|لخ|لم|له|مج|مح|مخ|مم|نج|نح|نخ|نم|نه|هج|هم|ه|يج|يح|يخ|يم|يه|يم|يه|بم|به|تم|"
    U"ته|ثم|ثه|سم|سه|شم|شه|كل|كم|لم|نم|نه|يم|يه||||طي|طي|عي|عي|غي|غي|سي|سي|شي|شي|حي|حي|جي|جي|"
    U"خي|خي|صي|صي|ضي|ضي|شج|شح|شخ|شم|شر|سر|صر|ضر|طي|طي|عي|عي|غي|غي|سي|سي|شي|شي|حي|حي|جي|جي|خي|"
    U"خي|صي|صي|ضي|ضي|شج|شح|شخ|شم|شر|سر|صر|ضر|شج|شح|شخ|شم|سه|شه|طم|سج|سح|سخ|شج|شح|شخ|طم|ظم|ا|"
    U"ا|)|(|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|تجم|تحج|تحج|تحم|تخم|تمج|تمح|تمخ|جمح|جمح|حمي|حمي|"
    U"سحج|سجح|سجي|سمح|سمح|سمج|سمم|سمم|صحح|صحح|صمم|شحم|شحم|شجي|شمخ|شمخ|شمم|شمم|ضحي|ضخم|ضخم|طمح|"
    U"طمح|طمم|طمي|عجم|عمم|عمم|عمي|غمم|غمي|غمي|فخم|فخم|قمح|قمم|لحم|لحي|لحي|لجج|لجج|لخم|لخم|لمح|"
    U"لمح|محج|محم|محي|مجح|مجم|مخج|مخم|#|#|مجخ|همج|همم|نحم|نحي|نجم|نجم|نجي|نمي|نمي|يمم|يمم|بخي|"
    U"تجي|تجي|تخي|تخي|تمي|تمي|جمي|جحي|جمي|سخي|صحي|شحي|ضحي|لجي|لمي|يحي|يجي|يمي|ممي|قمي|نحي|قمح|"
    U"لحم|عمي|كمي|نجح|مخي|لجم|كمم|لجم|نجح|جحي|حجي|مجي|فمي|بحي|كمم|عجم|صمم|سخي|نجي|#|#|#|#|#|"
    U"#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|#|صلي|قلي|الله|اكبر|"
    U"محمد|صلعم|رسول|عليه|وسلم|صلي|صلي الله عليه وسلم|جل جلاله|ريال|#|#|#";

/// U+FE70 .. U+FEFC.
constexpr std::u32string_view presentation_forms_b =
    U"|||#||#|||||||||||ء|ا|ا|ا|ا|و|و|ا|ا|ي|ي|ي|ي|ا|ا|ب|ب|ب|ب|ه|ه|ت|ت|ت|ت|ث|ث|ث|ث|ج|ج|ج|ج|ح|"
    U"ح|ح|ح|خ|خ|خ|خ|د|د|ذ|ذ|ر|ر|ز|ز|س|س|س|س|ش|ش|ش|ش|ص|ص|ص|ص|ض|ض|ض|ض|ط|ط|ط|ط|ظ|ظ|ظ|ظ|ع|ع|ع|ع|"
    U"غ|غ|غ|غ|ف|ف|ف|ف|ق|ق|ق|ق|ك|ك|ك|ك|ل|ل|ل|ل|م|م|م|م|ن|ن|ن|ن|ه|ه|ه|ه|و|و|ي|ي|ي|ي|ي|ي|لا|لا|"
    U"لا|لا|لا|لا|لا|لا";

/// The pair of letters behind a `2` of latin_letters and latin_additional.
constexpr std::string_view latin_pair(char32_t c) noexcept {
    switch (c) {
    case U'ß':
    case U'ẞ':
        return "ss";
    case U'Þ':
    case U'þ':
        return "th";
    case U'Œ':
    case U'œ':
        return "oe";
    case U'Ĳ':
    case U'ĳ':
        return "ij";
    case U'Ǉ':
    case U'ǈ':
    case U'ǉ':
        return "lj";
    case U'Ǌ':
    case U'ǋ':
    case U'ǌ':
        return "nj";
    case U'Æ':
    case U'æ':
    case U'Ǣ':
    case U'ǣ':
    case U'Ǽ':
    case U'ǽ':
        return "ae";
    default:
        return "dz"; // Ǆ ǅ ǆ Ǳ ǲ ǳ
    }
}

/// The code of a letter written in one of the tables above; 0 for `-`.
constexpr char table_code(char32_t letter) noexcept {
    if (letter == U'-') {
        return 0;
    }
    if (letter == U'#') {
        return other_sign;
    }
    if (letter < 0x80) {
        return static_cast<char>(letter);
    }
    return static_cast<char>(0x80 + arabic_letters.find(letter));
}

template <std::size_t Size>
constexpr std::array<char, Size> table_codes(std::u32string_view letters) noexcept {
    std::array<char, Size> codes{};
    for (std::size_t i = 0; i < Size; ++i) {
        codes[i] = table_code(letters[i]);
    }
    return codes;
}

/// A range of characters that fold to several letters each.
template <std::size_t Characters, std::size_t Letters>
struct Expansions {
    std::array<char, Letters> codes{};
    std::array<std::uint16_t, Characters + 1> begin{};

    constexpr explicit Expansions(std::u32string_view table) {
        std::size_t character = 0;
        std::size_t letter = 0;
        for (char32_t const each : table) {
            if (each == U'|') {
                begin[++character] = static_cast<std::uint16_t>(letter);
            } else {
                codes[letter++] = table_code(each);
            }
        }
        begin[Characters] = static_cast<std::uint16_t>(letter);
    }

    constexpr std::string_view of(std::size_t character) const noexcept {
        return std::string_view{codes.data(), Letters}.substr(
            begin[character], static_cast<std::size_t>(begin[character + 1] - begin[character]));
    }
};

constexpr std::size_t count_of(std::u32string_view table, char32_t sign) noexcept {
    std::size_t count = 0;
    for (char32_t const each : table) {
        count += each == sign ? 1U : 0U;
    }
    return count;
}

constexpr std::size_t forms_a = 0xFDFF - 0xFB50 + 1;
constexpr std::size_t forms_b = 0xFEFC - 0xFE70 + 1;
static_assert(count_of(presentation_forms_a, U'|') + 1 == forms_a);
static_assert(count_of(presentation_forms_b, U'|') + 1 == forms_b);

constexpr auto arabic_codes = table_codes<256>(arabic_block);
constexpr auto supplement_codes = table_codes<48>(arabic_supplement);
constexpr Expansions<forms_a, presentation_forms_a.size() - forms_a + 1> expansions_a{presentation_forms_a};
constexpr Expansions<forms_b, presentation_forms_b.size() - forms_b + 1> expansions_b{presentation_forms_b};

constexpr std::string_view one(char const& code) noexcept {
    return {&code, 1};
}

constexpr std::array<std::string_view, 7> latin_ligatures{"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

// Codes that the functions below return views of.
constexpr char space = ' ';
constexpr char line_end = '\n';
constexpr char apostrophe = '\'';
constexpr char quote = '"';
constexpr char dash = '-';
constexpr char full_stop = '.';
constexpr char comma = ',';
constexpr char semicolon = ';';
constexpr char slash = '/';
constexpr char percent = '%';
constexpr char star = '*';
constexpr char exclamation = '!';
constexpr char question = '?';
constexpr char letter_a = 'a';
constexpr char letter_k = 'k';
constexpr char letter_o = 'o';

constexpr bool in(char32_t c, char32_t first, char32_t last) noexcept {
    return first <= c && c <= last;
}

/// Latin letters beyond ASCII, from one of the tables; their codes are ASCII, so a view of the table will do.
constexpr std::string_view latin(std::string_view table, char32_t first, char32_t c) noexcept {
    std::string_view const entry = table.substr(c - first, 1);
    switch (entry[0]) {
    case '2':
        return latin_pair(c);
    case '*':
        return one(other_sign);
    case '?':
        return one(other_letter);
    default:
        return entry;
    }
}

/// U+0080 .. U+00BF.
constexpr std::string_view latin_1_signs(char32_t c) noexcept {
    switch (c) {
    case 0x85:
        return one(line_end);
    case 0xA0:
        return one(space);
    case U'«':
        return one(open_quote);
    case U'»':
        return one(close_quote);
    case 0xAD:
        return {}; // soft hyphen
    case U'ª':
        return one(letter_a);
    case U'º':
        return one(letter_o);
    case U'µ':
        return one(other_letter);
    case U'´':
        return one(apostrophe);
    default:
        return c < 0xA0 ? one(space) : one(other_sign);
    }
}

/// U+02B0 .. U+05FF.
constexpr std::string_view greek_to_hebrew(char32_t c) noexcept {
    if (in(c, 0x2B9, 0x2BF) || c == 0x2C8 || c == 0x2CA || c == 0x2CB) {
        return one(apostrophe); // ʿ ʾ and what stands for them
    }
    if (c == 0x37E) {
        return one(semicolon);
    }
    if (c == 0x5BE) {
        return one(dash);
    }
    bool const hebrew_point =
        in(c, 0x591, 0x5BD) || c == 0x5BF || in(c, 0x5C1, 0x5C2) || in(c, 0x5C4, 0x5C5) || c == 0x5C7;
    if (in(c, 0x300, 0x36F) || in(c, 0x483, 0x489) || hebrew_point) {
        return {};
    }
    bool const sign = in(c, 0x2C2, 0x2DF) || c == 0x387 || in(c, 0x55A, 0x55F) || in(c, 0x589, 0x58F) ||
                      c == 0x5C0 || c == 0x5C3 || c == 0x5C6 || in(c, 0x5F3, 0x5F4);
    return one(sign ? other_sign : other_letter);
}

/// U+2000 .. U+206F.
constexpr std::string_view general_punctuation(char32_t c) noexcept {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2035:
        return one(apostrophe);
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x2036:
        return one(quote);
    case 0x2022:
        return one(star);
    case 0x2024:
    case 0x2025:
    case 0x2026:
        return one(full_stop);
    case 0x2028:
    case 0x2029:
        return one(line_end);
    case 0x202F:
    case 0x205F:
        return one(space);
    case 0x2030:
    case 0x2031:
        return one(percent);
    case 0x2039:
        return one(open_quote);
    case 0x203A:
        return one(close_quote);
    case 0x203C:
        return one(exclamation);
    case 0x2047:
    case 0x2048:
    case 0x2049:
        return one(question);
    case 0x2044:
        return one(slash);
    default:
        break;
    }
    if (c <= 0x200A) {
        return one(space);
    }
    if (in(c, 0x2010, 0x2015)) {
        return one(dash);
    }
    bool const invisible = in(c, 0x200B, 0x200F) || in(c, 0x202A, 0x202E) || c >= 0x2060;
    return invisible ? std::string_view{} : one(other_sign);
}

/// U+2070 .. U+303F.
constexpr std::string_view symbols(char32_t c) noexcept {
    switch (c) {
    case 0x2212:
        return one(dash);
    case 0x2215:
        return one(slash);
    case 0x2126:
        return one(other_letter);
    case 0x212A:
        return one(letter_k);
    case 0x212B:
        return one(letter_a);
    case 0x3000:
        return one(space);
    case 0x3001:
        return one(comma);
    case 0x3002:
        return one(full_stop);
    default:
        break;
    }
    if (in(c, 0x20D0, 0x20FF)) {
        return {};
    }
    bool const letter = in(c, 0x2C00, 0x2DFF) || in(c, 0x2E80, 0x2FFF);
    return one(letter ? other_letter : other_sign);
}

/// U+FE00 .. U+FE6F and U+FF00 .. U+FFFF.
std::string_view compatibility(char32_t c) noexcept {
    if (in(c, 0xFE00, 0xFE0F) || in(c, 0xFE20, 0xFE2F) || c == 0xFEFF) {
        return {};
    }
    if (in(c, 0xFF01, 0xFF5E)) { // full width forms of ASCII
        return folded_character(c - 0xFF01 + U'!');
    }
    bool const letter = in(c, 0xFF66, 0xFFDC) || c == 0xFFFD;
    return one(letter ? other_letter : other_sign);
}

/// Everything from U+0700 that is not in a table.
constexpr std::string_view rare(char32_t c) noexcept {
    if (in(c, 0x08CA, 0x08FF) || in(c, 0x1AB0, 0x1AFF) || in(c, 0x1DC0, 0x1DFF) || c == 0x180E ||
        in(c, 0xE0000, 0xE0FFF)) {
        return c == 0x08E2 ? one(other_sign) : std::string_view{};
    }
    if (c == 0x1680) {
        return one(space);
    }
    bool const sign =
        in(c, 0xE000, 0xF8FF) || in(c, 0x1F000, 0x1FBFF) || c >= 0xF0000 || in(c, 0x1D000, 0x1D3FF);
    return one(sign ? other_sign : other_letter);
}

constexpr auto ascii_codes = [] {
    std::array<char, 128> codes{};
    for (std::size_t i = 0; i < codes.size(); ++i) {
        auto const c = static_cast<char>(i);
        if (c >= 'A' && c <= 'Z') {
            codes[i] = static_cast<char>(c - 'A' + 'a');
        } else if (c == '\n' || c == '\r') {
            codes[i] = '\n';
        } else {
            codes[i] = (i < 0x20 || i == 0x7F) ? ' ' : c;
        }
    }
    codes['`'] = '\'';
    return codes;
}();

} // namespace

std::string_view folded_character(char32_t c) noexcept {
    if (c < 0x80) {
        return one(ascii_codes[c]);
    }
    if (in(c, 0x600, 0x6FF)) {
        char const& code = arabic_codes[c - 0x600];
        return code == 0 ? std::string_view{} : one(code);
    }
    if (c < 0xC0) {
        return latin_1_signs(c);
    }
    if (c <= 0x24F) {
        return latin(latin_letters, 0xC0, c);
    }
    if (c <= 0x2AF) {
        return latin(latin_phonetic, 0x250, c);
    }
    if (c < 0x600) {
        return greek_to_hebrew(c);
    }
    if (in(c, 0x750, 0x77F)) {
        return one(supplement_codes[c - 0x750]);
    }
    if (in(c, 0x1E00, 0x1EFF)) {
        return latin(latin_additional, 0x1E00, c);
    }
    if (in(c, 0x2000, 0x206F)) {
        return general_punctuation(c);
    }
    if (in(c, 0x2070, 0x303F)) {
        return symbols(c);
    }
    if (in(c, 0xFB00, 0xFB06)) {
        return latin_ligatures[c - 0xFB00];
    }
    if (in(c, 0xFB50, 0xFDFF)) {
        return expansions_a.of(c - 0xFB50);
    }
    if (in(c, 0xFE70, 0xFEFC)) {
        return expansions_b.of(c - 0xFE70);
    }
    if (in(c, 0xFE00, 0xFFFF)) {
        return compatibility(c);
    }
    return rare(c);
}

} // namespace kharita::text
