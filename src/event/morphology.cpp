#include "event/morphology.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/tsv.hpp"

namespace kharita::event {

namespace {

struct Suffix {
    std::string_view letters;
    Pronoun pronoun;
};

constexpr std::array<Suffix, 5> suffixes{{{"ه", Pronoun::one},
                                          {"ها", Pronoun::one},
                                          {"هم", Pronoun::many},
                                          {"هما", Pronoun::two},
                                          {"نا", Pronoun::many}}};

/// A word cut from the words that follow it.
struct Head {
    std::string word;
    std::string rest; ///< begins with a space, or empty
};

Head head_of(std::string_view words) {
    std::size_t const space = words.find(' ');
    return space == std::string_view::npos
               ? Head{std::string{words}, {}}
               : Head{std::string{words.substr(0, space)}, std::string{words.substr(space)}};
}

/// Collects the forms of one head word.
class Forms {
public:
    explicit Forms(std::string rest) : m_rest{std::move(rest)} {}

    void add(std::string const& word, Part part, Number number, Pronoun pronoun = Pronoun::none) {
        m_forms.push_back({word + m_rest, part, number, pronoun});
    }
    /// A form whose adjectives agree with it: each of the words that follow takes `ending`, and its ة turns
    /// into ت before it. Words that are no adjectives only give spellings that nobody writes.
    void add_agreeing(std::string const& word, std::string const& ending, Number number) {
        std::string agreeing;
        for (std::string_view const adjective : split(m_rest, ' ')) {
            constexpr std::string_view feminine = "ة";
            if (adjective.empty()) {
                continue;
            }
            bool const is_feminine = adjective.ends_with(feminine);
            std::string const stem =
                is_feminine ? std::string{adjective.substr(0, adjective.size() - feminine.size())} + "ت"
                            : std::string{adjective};
            agreeing.append(" ").append(stem).append(ending);
        }
        if (!agreeing.empty()) {
            m_forms.push_back({word + agreeing, Part::noun, number, Pronoun::none});
        }
    }
    void add_with_pronouns(std::string const& stem, Part part, Number number) {
        for (Suffix const& suffix : suffixes) {
            add(stem + std::string{suffix.letters}, part, number, suffix.pronoun);
        }
    }
    void add_whole(WordForm form) { m_forms.push_back(std::move(form)); }
    std::vector<WordForm> take() { return std::move(m_forms); }

private:
    std::string m_rest;
    std::vector<WordForm> m_forms;
};

std::string without_last(std::string_view word, std::string_view letters) {
    return std::string{word.substr(0, word.size() - letters.size())};
}

void add_perfect(std::string const& verb, Forms& forms) {
    auto const add = [&](std::string const& word, Number number) { forms.add(word, Part::perfect, number); };
    add(verb, Number::singular);
    std::string base = verb;
    std::string dual = verb + "ا";
    std::string with_object = verb;
    if (verb.ends_with("ى") || verb.ends_with("ا")) { // defective: ألقى، ألقت، ألقوا، ألقاه
        base = without_last(verb, "ى");
        dual = base + "يا";
        with_object = base + "ا";
    } else if (verb.ends_with("ي")) { // لقي، لقيت، لقوا
        base = without_last(verb, "ي");
        add(verb + "ت", Number::singular);
    }
    if (base == verb || !verb.ends_with("ي")) {
        add(base + "ت", Number::singular);
        add(base + "تا", Number::dual);
    }
    add(base + "وا", Number::plural);
    add(dual, Number::dual);
    forms.add_with_pronouns(with_object, Part::perfect, Number::singular);
    forms.add_with_pronouns(base + "ت", Part::perfect, Number::singular);
    forms.add_with_pronouns(base + "و", Part::perfect, Number::plural);
}

void add_imperfect(std::string const& verb, Forms& forms) {
    constexpr std::string_view he = "ي";
    if (!verb.starts_with(he)) {
        forms.add(verb, Part::imperfect, Number::singular);
        return;
    }
    std::string const stem = verb.substr(he.size());
    bool const is_defective = stem.ends_with("ي") || stem.ends_with("ى") || stem.ends_with("و");
    std::string const base = is_defective ? without_last(stem, "ي") : stem;
    for (std::string const prefix : {"ي", "ت"}) {
        forms.add(prefix + stem, Part::imperfect, Number::singular);
        if (prefix == he) { // with ت the plural is of those spoken to
            forms.add(prefix + base + "ون", Part::imperfect, Number::plural);
            forms.add(prefix + base + "وا", Part::imperfect, Number::plural);
        }
        forms.add(prefix + stem + "ان", Part::imperfect, Number::dual);
        forms.add_with_pronouns(prefix + stem, Part::imperfect, Number::singular);
    }
}

void add_irregular_or(std::string const& rule, std::vector<std::string_view> const& parts, std::size_t index,
                      Forms& forms) {
    std::string const word =
        index < parts.size() && !parts[index].empty() ? head_of(parts[index]).word : rule;
    forms.add(word, Part::perfect, Number::none);
}

/// A spelling that is dual and plural at once becomes one form, `few`.
std::vector<WordForm> merged(std::vector<WordForm> forms) {
    for (WordForm& form : forms) {
        bool const is_dual = form.number == Number::dual;
        if (is_dual && std::any_of(forms.begin(), forms.end(), [&](WordForm const& each) {
                return each.number == Number::plural && each.words == form.words;
            })) {
            form.number = Number::few;
        }
    }
    return forms;
}

bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

std::string english_plural(std::string const& noun) {
    if (noun.ends_with("s") || noun.ends_with("sh") || noun.ends_with("ch") || noun.ends_with("x")) {
        return noun + "es";
    }
    if (noun.ends_with("y") && noun.size() > 1 && !is_vowel(noun[noun.size() - 2])) {
        return without_last(noun, "y") + "ies";
    }
    return noun + "s";
}

} // namespace

std::vector<WordForm> inflect_arabic_verb(std::string_view principal_parts) {
    auto const parts = split(principal_parts, '/');
    Head const perfect = head_of(trimmed(parts[0]));
    Forms forms{perfect.rest};
    if (!perfect.word.empty()) {
        add_perfect(perfect.word, forms);
    }
    if (parts.size() > 1) {
        add_imperfect(head_of(trimmed(parts[1])).word, forms);
    }
    return forms.take();
}

namespace {

/// «طفلاه», «ولداهما»: both of somebody's. «طفليه» is written like an adjective of relation («احتجاجية»).
void add_owned_duals(std::string const& stem, Forms& forms) {
    for (std::string const owner : {"ه", "ها", "هما", "هم"}) {
        std::string form = stem;
        form += "ا";
        form += owner;
        forms.add(form, Part::noun, Number::dual);
    }
}

} // namespace

std::vector<WordForm> inflect_arabic_noun(std::string_view principal_parts) {
    auto const parts = split(principal_parts, '/');
    Head const singular = head_of(trimmed(parts[0]));
    Forms forms{singular.rest};
    if (std::string const& noun = singular.word; !noun.empty()) {
        bool const is_feminine = noun.ends_with("ة");
        std::string const stem = is_feminine ? without_last(noun, "ة") + "ت" : noun;
        forms.add(noun, Part::noun, Number::singular);
        if (!is_feminine) {
            forms.add(noun + "ا", Part::noun, Number::singular);
            forms.add_agreeing(noun + "ا", "ا", Number::singular);
        }
        for (std::string const ending : {"ان", "ين", "ا", "ي"}) {
            bool const is_whole = ending.size() > std::string_view{"ي"}.size();
            if (is_feminine || is_whole) {
                forms.add(stem + ending, Part::noun, Number::dual);
            }
            if (is_whole) {
                forms.add_agreeing(stem + ending, ending, Number::dual);
            }
        }
        forms.add_with_pronouns(stem, Part::noun, Number::singular);
        add_owned_duals(stem, forms);
    }
    for (std::size_t i = 1; i < parts.size(); ++i) { // a noun may have more than one plural
        Head const plural = head_of(trimmed(parts[i]));
        Forms more{plural.rest};
        more.add(plural.word, Part::noun, Number::plural);
        more.add_with_pronouns(plural.word, Part::noun, Number::plural);
        if (!plural.word.ends_with("ات") && !plural.word.ends_with("ون") && !plural.word.ends_with("ين") &&
            !plural.word.ends_with("اء") && !plural.word.ends_with("ى")) {
            more.add(plural.word + "ا", Part::noun, Number::plural);
        }
        for (WordForm& form : more.take()) {
            forms.add_whole(std::move(form));
        }
    }
    return merged(forms.take());
}

std::vector<WordForm> inflect_english_verb(std::string_view principal_parts) {
    auto const parts = split(principal_parts, '/');
    Head const base = head_of(trimmed(parts[0]));
    std::string const& verb = base.word;
    bool const silent_e = verb.ends_with("e");
    bool const soft_y = verb.ends_with("y") && verb.size() > 1 && !is_vowel(verb[verb.size() - 2]);
    std::string const past = silent_e ? verb + "d" : soft_y ? without_last(verb, "y") + "ied" : verb + "ed";
    std::string const participle = silent_e && !verb.ends_with("ee") ? without_last(verb, "e") : verb;
    Forms forms{base.rest};
    forms.add(verb, Part::imperfect, Number::none);
    forms.add(english_plural(verb), Part::imperfect, Number::none); // the third person follows the same rule
    add_irregular_or(past, parts, 1, forms);
    add_irregular_or(past, parts, 2, forms);
    forms.add(parts.size() > 3 ? head_of(parts[3]).word : participle + "ing", Part::noun, Number::singular);
    return forms.take();
}

std::vector<WordForm> inflect_english_noun(std::string_view principal_parts) {
    auto const parts = split(principal_parts, '/');
    std::string const singular{trimmed(parts[0])};
    std::string const plural = parts.size() > 1 ? std::string{trimmed(parts[1])} : english_plural(singular);
    return {{singular, Part::noun, Number::singular, Pronoun::none},
            {plural, Part::noun, Number::plural, Pronoun::none}};
}

} // namespace kharita::event
