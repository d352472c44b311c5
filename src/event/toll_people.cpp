#include <algorithm>
#include <array>
#include <string>

#include "event/toll_reader.hpp"

// Of whom a word for dying or being hurt is said: the people before it, behind it, or where its clause counts
// them.

namespace kharita::event {

namespace {

// Between a verb and the people it is said of stand at most these many words («قتل في المعارك تسعة …»).
constexpr std::size_t subject_reach = 3;

} // namespace

/// «13 شخصا، بينهم أربعة أطفال، قتلوا», "13 people, including four children, were killed": where the words
/// end that an aside parts from what is said of them.
std::size_t TollReader::before_aside(std::size_t end, std::size_t limit) const {
    constexpr std::size_t reach = 12;
    if (end < limit + 3 || m_scene.text().codes(end - 1) != ",") {
        return end;
    }
    for (std::size_t token = end - 1; token > limit + 1 && token + reach > end; --token) {
        if (m_scene.has_cue({token, token + 1}, Cue::subset)) {
            return m_scene.text().codes(token - 1) == "," ? token - 1 : token;
        }
    }
    return end;
}

/// People that end right before a token: «طفلتين قتلتا», "two soldiers were killed", «34 قتيلا».
std::optional<People> TollReader::people_before(std::size_t end, std::size_t limit) const {
    end = before_aside(end, limit);
    for (std::size_t i = end - std::min<std::size_t>(end, 2); i < end; ++i) { // «خمسة عناصر على الأقل قتلوا»
        Word const* const quantity = m_scene.word_at(i, WordKind::quantity);
        if (quantity != nullptr && quantity->match.tokens.end == end &&
            m_scene.lexicon().quantities()[quantity->row].role == Amount::least) {
            return people_before(i, limit);
        }
    }
    std::optional<People> best;
    std::size_t begin = end;
    for (std::size_t i = end; i-- > std::max(limit, m_used) && end - i <= 5;) {
        auto const people = people_at(i);
        // «12 سوريا قتلوا»: one word that no list knows may say who they are.
        // «جنديين تركيين قتلا»: nor may it say of what country.
        bool const may_go_on = people && (!people->who || people->count.high == 2);
        bool const unnamed = may_go_on && people->end + 1 == end && end - i > 1 && !stops(people->end) &&
                             m_scene.text().tokens()[people->end].kind == text::Token::Kind::word;
        if (people && (people->end == end || unnamed) && people->is_countable) {
            best = people; // go on: a number further left belongs to it
            begin = i;
        }
    }
    if (best) {
        add_first_of(*best, begin, limit);
    }
    return best;
}

/// «قيادي من X وخمسة آخرون قتلوا», «25 مقاتلا من X وثمانية من Y قتلوا»: what stands before «و» is of the dead
/// where it is counted too, or where the rest are "others".
void TollReader::add_first_of(People& people, std::size_t begin, std::size_t limit) const {
    constexpr std::size_t reach = 9;
    if (m_scene.text().codes(begin).front() != text::code(U'و')) {
        return;
    }
    auto const words = m_scene.words_in({begin, people.end + 2});
    bool const are_others = std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::victim && m_scene.lexicon().victims()[word.row] == Victim::other;
    });
    for (std::size_t i = begin; i-- > std::max(limit, m_used) && begin - i <= reach;) {
        if (stops(i) || is_break(i)) {
            return;
        }
        auto const first = people_at(i);
        bool const is_number = text::read_number(m_scene.text(), i, m_scene.numbers()).has_value();
        bool const is_one = are_others && first && first->who && first->count.best <= 2;
        if (first && first->is_countable && (is_number || is_one)) {
            people.count.low += first->count.low;
            people.count.best += first->count.best;
            people.count.high += first->count.high;
            people.who = first->who == people.who ? people.who : std::nullopt;
            return;
        }
    }
}

/// Whether a token is neither a word nor a number nor a quotation mark.
bool TollReader::is_break(std::size_t token) const {
    auto const kind = m_scene.text().tokens()[token].kind;
    std::string_view const written = m_scene.text().source_text(token);
    return kind != text::Token::Kind::word && kind != text::Token::Kind::number && written != "«" &&
           written != "»" && written != "\"";
}

/// «تسعة عناصر من X قتلوا»: the counted people that a verb in the plural, which follows its subject, is said
/// of.
std::optional<People> TollReader::subject_before(std::size_t end, std::size_t limit) const {
    constexpr std::size_t reach = 10;
    end = before_aside(end, limit);
    std::optional<People> best;
    std::size_t begin = end;
    std::size_t number_end = 0;
    // A comma may stand right before the verb.
    std::size_t const from = end > 0 && is_break(end - 1) ? end - 1 : end;
    for (std::size_t i = from; i-- > std::max(limit, m_used) && end - i <= reach;) {
        if (stops(i) || is_break(i)) {
            break;
        }
        auto const number = text::read_number(m_scene.text(), i, m_scene.numbers());
        auto const people = number ? people_at(i) : std::nullopt;
        if (best && (!number || number->tokens.end != number_end)) {
            break;
        }
        if (people && people->is_countable) {
            best = people;
            begin = i;
            number_end = number->tokens.end;
        }
    }
    if (best) {
        add_first_of(*best, begin, limit);
    }
    return best;
}

/// «لقي ثمانية مدنيين بينهم طفلان مصرعهم»: the people between the verb and the noun that stands for dying.
std::optional<People> TollReader::people_met(std::size_t end, std::size_t limit) const {
    constexpr std::size_t reach = 16;
    static std::string const met = text::fold_key("لقي");
    for (std::size_t i = end; i-- > std::max(limit, m_used) && end - i <= reach;) {
        std::string_view codes = m_scene.text().codes(i);
        codes.remove_prefix(codes.front() == text::code(U'و') || codes.front() == text::code(U'ف') ? 1 : 0);
        if (codes == met || codes == text::fold_key("لقيت") || codes == text::fold_key("لقوا")) {
            return first_people({i + 1, end});
        }
    }
    return std::nullopt;
}

/// «لقي ثمانية … مصرعهم»: whom the pronoun of the noun speaks of.
std::optional<People> TollReader::met_before(Word const& word, std::size_t limit) const {
    bool const is_theirs = word.match.part == Part::noun && word.match.pronoun != Pronoun::none;
    return is_theirs ? people_met(word.match.tokens.begin, limit) : std::nullopt;
}

/// «، وفق مجموعة محامين، »: the token behind an aside that names whose claim it is; `comma` where none begins
/// there.
std::size_t TollReader::behind_source(std::size_t comma, std::size_t limit) const {
    constexpr std::size_t reach = 8;
    bool const begins =
        m_scene.text().codes(comma) == "," && m_scene.has_cue({comma + 1, comma + 2}, Cue::according);
    for (std::size_t token = comma + 2; begins && token < std::min(comma + reach, limit); ++token) {
        if (m_scene.text().codes(token) == ",") {
            return token + 1;
        }
    }
    return comma;
}

std::optional<People> TollReader::first_people(text::TokenRange range) const {
    static std::string const with = text::fold_key("مع");
    static std::string const against = text::fold_key("ضد");
    std::size_t skipped = 0;
    // «عائلة كاملة مؤلفة من سبعة أشخاص»
    bool const is_family = m_scene.has_listed({range.begin, range.begin + 1}, "family");
    std::size_t const reach = subject_reach + (is_family ? 2U : 0U);
    for (std::size_t token = range.begin; token < range.end && skipped <= reach; ++token) {
        std::string_view const codes = m_scene.text().codes(token);
        if (stops(token) || codes == with || codes == against) {
            return std::nullopt; // «قتل في معارك مع مسلحين»: those are not the dead
        }
        Word const* const doer = m_scene.word_at(token, WordKind::actor);
        auto people = people_at(token);
        // «مقتل العقيد …»: one who is known.
        Word const* const known = m_scene.word_at(token, WordKind::victim);
        if (people && !people->is_countable && token == range.begin && known != nullptr &&
            known->match.number == Number::singular && people->who) {
            people->is_countable = true;
        }
        // «اغتال مسلحون مجهولون ضابطا»: people that nobody counts and that are an actor's name did it.
        bool const is_doer = people && !people->is_countable && doer != nullptr;
        if (people && !is_doer) {
            return people;
        }
        auto const kind = m_scene.text().tokens()[token].kind;
        if (std::size_t const behind = behind_source(token, range.end); behind > token) {
            token = behind - 1;
        } else if (kind == text::Token::Kind::word) {
            // The name of whoever did it counts as one word, however long.
            Word const* const actor = m_scene.word_at(token, WordKind::actor);
            token = actor != nullptr ? actor->match.tokens.end - 1 : token;
            ++skipped;
        } else if (m_scene.text().source_text(token) == "،" || m_scene.text().codes(token) == ",") {
            skipped += 2; // beyond a comma something else is told, unless it comes at once
        }
    }
    return std::nullopt;
}

/// «37 مسلحا من X و16 من Y»: the token behind what is said of people before more are added.
std::size_t TollReader::end_of_side(std::size_t end) const {
    static std::string const of = text::fold_key("من");
    if (Word const* const country = m_scene.word_at(end, WordKind::country)) {
        return country->match.tokens.end; // «جندي تركي وثلاثة …»
    }
    // «قائد عسكري وثلاثة عناصر»: an adjective may stand between.
    std::string_view const after = m_scene.text().codes(end + 1);
    bool const is_word =
        end < m_scene.text().size() && m_scene.text().tokens()[end].kind == text::Token::Kind::word;
    if (is_word && !stops(end) && m_scene.text().codes(end).front() != text::code(U'و') && !after.empty() &&
        after.front() == text::code(U'و')) {
        auto const next = people_at(end + 1);
        return next && next->who ? end + 1 : end_of_description(end);
    }
    Word const* const side =
        m_scene.text().codes(end) == of ? m_scene.word_at(end + 1, WordKind::actor) : nullptr;
    return side != nullptr ? side->match.tokens.end : end_of_description(end);
}

/// «قيادي في X وثلاثة من مرافقيه», «إمام المسجد و14 مصليا»: the token of the number that goes on behind what
/// is said of the first, unless that names a place or what they died of.
std::size_t TollReader::end_of_description(std::size_t end) const {
    constexpr std::size_t reach = 5;
    for (std::size_t token = end; token < std::min(end + reach, m_scene.text().size()); ++token) {
        if (stops(token) || is_break(token) || !m_scene.places_in({token, token + 1}).empty() ||
            m_scene.has_cue({token, token + 1}, Cue::subset) || // «بينهم عقيد واثنان …»: parts of the number
            m_scene.word_at(token, WordKind::trigger) != nullptr ||
            m_scene.word_at(token, WordKind::weapon) != nullptr) {
            return end;
        }
        bool const is_number = text::read_number(m_scene.text(), token, m_scene.numbers()).has_value();
        if (is_number) {
            bool const is_added = m_scene.text().codes(token).front() == text::code(U'و') ||
                                  (token > end && m_scene.text().codes(token - 1).size() == 1);
            auto const more = people_at(token);
            static std::string const of = text::fold_key("من");
            bool const are_people = more && (more->who || m_scene.text().codes(more->end) == of);
            return is_added && are_people
                       ? token - (m_scene.text().codes(token).front() == text::code(U'و') ? 0U : 1U)
                       : end;
        }
    }
    return end;
}

/// «إن القيادي فلان قتل في غارة»: a verb in the singular behind its subject, with how or when at once behind
/// it.
bool TollReader::is_said_of_one(Word const& verb, std::size_t limit) const {
    constexpr std::size_t reach = 20;
    static std::array const that{text::fold_key("إن"), text::fold_key("أن")};
    std::size_t const begin = verb.match.tokens.begin;
    std::size_t const end = verb.match.tokens.end;
    static std::string const who = text::fold_key("الذي");
    bool const is_one = verb.match.part == Part::perfect && verb.match.number == Number::singular &&
                        verb.match.pronoun == Pronoun::none && !verb.match.clitics.conjunction;
    // «إن جنديا قتل وأصيب آخر في …»
    Word const* const next = m_scene.word_at(end, WordKind::casualty);
    bool const goes_on =
        next != nullptr && next->match.clitics.conjunction && next->match.part == Part::perfect;
    bool const is_set = goes_on || m_scene.has_listed({end, end + 1}, "time_of");
    if (!is_one || begin <= limit || !is_set || is_break(begin - 1)) {
        return false;
    }
    if (m_scene.text().codes(begin - 1) == who) {
        return true; // «القائد الذي قتل في المعارك»
    }
    for (std::size_t i = begin; i-- > std::max(limit, begin - std::min(begin, reach));) {
        if (std::find(that.begin(), that.end(), m_scene.text().codes(i)) != that.end()) {
            return true;
        }
    }
    return false;
}

/// «إن القيادي فلان قتل مع ثلاثة آخرين»: one who is named and those who died with him.
std::optional<People> TollReader::died_with_others(Word const& verb, std::size_t limit) const {
    static std::string const with = text::fold_key("مع");
    std::size_t const end = verb.match.tokens.end;
    bool const is_one = verb.match.part == Part::perfect && verb.match.number == Number::singular;
    if (!is_one || m_scene.text().codes(end) != with ||
        !text::read_number(m_scene.text(), end + 1, m_scene.numbers())) {
        return std::nullopt;
    }
    constexpr std::size_t reach = 2; // «ثلاثة عناصر آخرين»
    auto people = people_at(end + 1);
    if (!people || !people->is_countable || end + 1 >= limit) {
        return std::nullopt;
    }
    auto const words = m_scene.words_in({end + 1, std::min(people->end + reach, limit)});
    bool const are_others = std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::victim && m_scene.lexicon().victims()[word.row] == Victim::other;
    });
    if (!are_others) {
        return std::nullopt; // «قتل في معارك مع خمسة مسلحين»
    }
    people->count = {people->count.low + 1, people->count.best + 1, people->count.high + 1};
    return people;
}

/// The people that a word for dying or being hurt is said of.
std::optional<People> TollReader::people_of(Word const& word, text::TokenRange clause) const {
    std::size_t const begin = word.match.tokens.begin;
    std::size_t const end = word.match.tokens.end;
    if (word.match.part == Part::noun && word.match.pronoun == Pronoun::one) {
        return People{{1, 1, 1}, true, std::nullopt, end}; // «أدى لمقتله»
    }
    if (word.match.part == Part::noun && word.match.pronoun == Pronoun::two) {
        return People{{2, 2, 2}, true, std::nullopt, end};
    }
    // A passive or a dual follows its people.
    std::string_view const before = begin > 0 ? m_scene.text().codes(begin - 1) : std::string_view{};
    if (before == "were" || before == "was" || before == "been") {
        return people_before(begin - 1, clause.begin);
    }
    // «الجنديين اللذين قتلا»: the relative opens a clause of its own.
    if (word.match.number == Number::dual && begin > 1 &&
        m_scene.has_cue({begin - 1, begin}, Cue::relative)) {
        auto two = people_before(begin - 1, begin - 2);
        if (two) {
            two->count = {2, 2, 2};
        }
        return two;
    }
    if (auto met = met_before(word, clause.begin)) {
        return met;
    }
    if (auto together = died_with_others(word, clause.end)) {
        return together;
    }
    std::optional<People> people = first_people({end, clause.end});
    bool const may_follow = !people || !people->is_countable || word.match.number == Number::dual;
    if (!may_follow || word.match.part == Part::noun) {
        return people;
    }
    if (word.match.part == Part::perfect && word.match.number == Number::plural) {
        if (auto subject = subject_before(begin, clause.begin)) {
            return subject;
        }
    }
    auto earlier = people_before(begin, clause.begin);
    return earlier ? earlier : people;
}

} // namespace kharita::event
