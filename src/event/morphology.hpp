#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kharita::event {

/// What an inflected form is of its word.
enum class Part : std::uint8_t { perfect, imperfect, noun, phrase };

/// `few`: written alike as dual and plural («مدنيين»), two or more.
enum class Number : std::uint8_t { none, singular, dual, plural, few };

/// The pronoun a form ends with, as far as counting people needs it.
enum class Pronoun : std::uint8_t {
    none,
    one,  ///< ه ها
    two,  ///< هما
    many, ///< هم نا
};

/// One spelling of a word of vocabulary.
struct WordForm {
    std::string words; ///< UTF-8, as written; more than one word with single spaces between
    Part part = Part::phrase;
    Number number = Number::none;
    Pronoun pronoun = Pronoun::none;
};

/// All forms of an Arabic verb from its third person masculine singular, `perfect/imperfect`:
/// «استهدف/يستهدف». Persons of reports only (he, she, they; dual), with and without object pronouns; the
/// passive is written like the active except in hollow and defective verbs, whose passive is a verb of its
/// own here. More words may follow the verb in both parts («فتح النار/يفتح النار»). One part alone is
/// enough.
std::vector<WordForm> inflect_arabic_verb(std::string_view principal_parts);

/// All forms of an Arabic noun from `singular/plural` («غارة/غارات»; a masdar has no plural): duals of every
/// case, accusative, construct, and with pronouns. Adjectives that follow agree («غارتين جويتين»).
std::vector<WordForm> inflect_arabic_noun(std::string_view principal_parts);

/// All forms of an English verb: `shell`, or with its irregular parts `strike/struck/struck`, and the
/// ing-form where the rule (drop e) does not give it: `hit/hit/hit/hitting`.
std::vector<WordForm> inflect_english_verb(std::string_view principal_parts);

/// Singular and plural of an English noun: `rocket`, `man/men`.
std::vector<WordForm> inflect_english_noun(std::string_view principal_parts);

} // namespace kharita::event
