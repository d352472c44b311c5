#include "event/tolls.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "event/toll_reader.hpp"

namespace kharita::event {

namespace {

constexpr std::array and_code{text::code(U'و')};

} // namespace

void TollReader::count_class(Toll& toll, People const& people) {
    auto const add = [&](std::optional<std::int64_t>& part) { part = part.value_or(0) + people.count.best; };
    if (!people.who || !people.is_countable) {
        return;
    }
    switch (*people.who) {
    case Victim::civilian:
        add(toll.civilians);
        break;
    case Victim::combatant:
        add(toll.combatants);
        break;
    case Victim::child:
        add(toll.children);
        break;
    case Victim::woman:
        add(toll.women);
        break;
    case Victim::person:
    case Victim::other:
        break;
    }
}

/// «عشرة من العمال إضافة إلى ثلاثة حراس»: the token of the number that is added, 0 without one.
/// What is added behind «بينهم» is of the part.
std::size_t TollReader::added_at(std::size_t end) const {
    constexpr std::size_t reach = 5;
    for (std::size_t token = end; token < std::min(end + reach, m_scene.text().size()); ++token) {
        if (stops(token) || is_break(token) || m_scene.has_cue({token, token + 1}, Cue::subset)) {
            return 0;
        }
        for (Word const& word : m_scene.words_in({token, token + 1})) {
            bool const adds =
                word.kind == WordKind::list_word && m_scene.lexicon().list_name(word.row) == "added";
            auto const more = adds ? people_at(word.match.tokens.end) : std::nullopt;
            if (more && more->is_countable &&
                text::read_number(m_scene.text(), word.match.tokens.end, m_scene.numbers())) {
                return word.match.tokens.end;
            }
        }
    }
    return 0;
}

/// «امرأة وطفلين», «25 مقاتلا وتسعة مدنيين»: what «و» joins counts too.
void TollReader::add_joined(People& people, Toll& toll) const {
    for (;;) {
        std::size_t token = end_of_side(people.end);
        if (std::size_t const added = added_at(people.end); added > 0) {
            token = added;
        }
        std::string_view const next = m_scene.text().codes(token);
        bool const is_added = token > people.end && token == added_at(people.end);
        bool const is_and = next == "and" || next == std::string_view{and_code.data(), and_code.size()};
        bool const has_conjunction = !next.empty() && next.front() == text::code(U'و');
        if (is_and) {
            ++token; // «16 و20» is three words
        } else if (!has_conjunction && !is_added) {
            return;
        }
        auto const more = people_at(token);
        // «قتل خمسة وتسعة أصيبوا», but «قتل خمسة وتسعة وأصيب …»
        bool const is_subject =
            more && stops(more->end) && m_scene.text().codes(more->end).front() != text::code(U'و');
        if (!more || !more->is_countable || stops(token) || is_subject) {
            return;
        }
        toll.count.low += more->count.low;
        toll.count.best += more->count.best;
        toll.count.high += more->count.high;
        count_class(toll, *more);
        people.end = more->end;
    }
}

void TollReader::read_subset(std::size_t token, std::size_t limit, Toll& toll) const {
    for (Word const& word : m_scene.words_in({token, std::min(token + 6, limit)})) {
        if (word.kind == WordKind::casualty) {
            return; // «قتل رجل وأصيب خمسة بينهم طفلان»: of the injured
        }
        if (!is_cue(word, Cue::subset)) {
            continue;
        }
        if (auto const part = first_people({word.match.tokens.end, limit})) {
            Toll ignored;
            Toll subset = toll;
            count_class(subset, *part);
            People rest = *part;
            add_joined(rest, ignored);
            subset.civilians = subset.civilians ? subset.civilians : ignored.civilians;
            subset.children = subset.children ? subset.children : ignored.children;
            subset.women = subset.women ? subset.women : ignored.women;
            subset.count = toll.count;
            toll = subset;
        }
        return;
    }
}

/// «بلغ عدد الجرحى اثنين وعشرين», "the death toll reached nine": the clause tells how many there are in all.
bool TollReader::tells_total(std::size_t token, text::TokenRange clause) const {
    static std::string const number = text::fold_key("عدد");
    constexpr std::size_t reach = 3;
    constexpr std::size_t toll_reach = 6; // «الحصيلة بلغت أربعة عشر قتيلا»
    bool counts = m_scene.has_listed({token - std::min(token, toll_reach), token}, "toll");
    for (std::size_t i = token - std::min(token, reach); i < token; ++i) {
        std::string_view const codes = m_scene.text().codes(i);
        counts = counts || codes == number || codes == "number" || codes == "toll";
    }
    counts = counts || m_scene.text().codes(token) == "death";
    return counts && m_scene.has_listed(clause, "amounting");
}

/// «ارتفع عدد القتلى … إلى سبعة»: the number behind «إلى» in a clause that tells a later toll.
std::optional<People> TollReader::risen_to(text::TokenRange range, text::TokenRange clause) const {
    static std::string const to = text::fold_key("إلى");
    if (!m_scene.has_cue(clause, Cue::update) && !tells_total(range.begin - 1, clause)) {
        return std::nullopt;
    }
    for (std::size_t token = range.begin; token + 1 < range.end; ++token) {
        if (m_scene.text().codes(token) == to || m_scene.text().codes(token) == "to") {
            auto people = people_at(token + 1);
            return people && people->is_countable ? people : std::nullopt;
        }
    }
    return std::nullopt;
}

/// «أكد أن القتلى ستة»: the number that the sentence gives of the dead.
bool TollReader::is_counted_behind(Word const& word) const {
    static std::array const that{text::fold_key("أن"), text::fold_key("إن")};
    std::size_t const begin = word.match.tokens.begin;
    std::size_t const end = word.match.tokens.end;
    bool const is_led =
        begin > 0 && std::find(that.begin(), that.end(), m_scene.text().codes(begin - 1)) != that.end();
    return is_led && word.match.number == Number::plural && word.match.clitics.article &&
           text::read_number(m_scene.text(), end, m_scene.numbers()).has_value();
}

/// «ثم رفع العدد إلى 16», «وارتفعت الحصيلة إلى سبعة»: a later number without a word for the dead, of whom was
/// counted last.
void TollReader::read_rise(Word const& update, std::vector<TollMention>& tolls) {
    constexpr std::size_t reach = 10;
    std::size_t const begin = update.match.tokens.begin;
    std::size_t const end = update.match.tokens.end;
    text::TokenRange const clause = m_scene.clauses()[m_scene.clause_of(begin)].tokens;
    bool const is_of_last =
        begin >= m_used && !tolls.empty() && tolls.back().toll &&
        m_scene.text().paragraph_of(tolls.back().token) == m_scene.text().paragraph_of(begin);
    bool const counts = m_scene.has_listed({begin, std::min(end + 2, clause.end)}, "toll_count");
    text::TokenRange const behind{end, std::min(end + reach, clause.end)};
    auto const words = m_scene.words_in(behind);
    bool const names_dead = std::any_of(words.begin(), words.end(),
                                        [](Word const& word) { return word.kind == WordKind::casualty; });
    auto const people = is_of_last && counts && !names_dead ? risen_to(behind, clause) : std::nullopt;
    if (people) {
        Toll const toll{people->count, {}, {}, {}, {}};
        tolls.push_back({tolls.back().killed, toll, begin, false, true, false, true});
        m_used = std::max(m_used, people->end);
    }
}

/// «أوقعت أفرادها الستة قتلى»: a number with the article before the plural says how many they all were.
std::optional<People> TollReader::all_before(Word const& word) const {
    static std::string const article = text::fold_key("ال");
    std::size_t const begin = word.match.tokens.begin;
    std::string_view codes = begin > 1 ? m_scene.text().codes(begin - 1) : std::string_view{};
    if (word.match.number != Number::plural || word.match.clitics.article || !codes.starts_with(article)) {
        return std::nullopt;
    }
    codes.remove_prefix(article.size());
    auto const* const number = m_scene.numbers().find(codes);
    if (number == nullptr || number->value < 2) {
        return std::nullopt;
    }
    auto const whose = m_scene.word_at(begin - 2, WordKind::victim);
    return People{{number->value, number->value, number->value},
                  true,
                  whose != nullptr ? std::optional{m_scene.lexicon().victims()[whose->row]} : std::nullopt,
                  word.match.tokens.end};
}

std::optional<Toll> TollReader::toll_of_people_noun(Word const& word, text::TokenRange clause) {
    std::size_t const begin = word.match.tokens.begin;
    std::optional<People> people = risen_to({word.match.tokens.end, clause.end}, clause);
    if (!people) {
        people = people_before(begin, clause.begin);
    }
    if (!people) {
        people = all_before(word);
    }
    if (!people && is_counted_behind(word)) {
        people = people_at(word.match.tokens.end);
    }
    if (!people && tells_total(begin, clause)) {
        people = first_people({word.match.tokens.end, clause.end});
    }
    // «جثث ثلاثة أطفال»
    if (auto const counted = people_at(word.match.tokens.end);
        !people && word.match.number == Number::plural && counted && counted->is_countable) {
        people = counted;
    }
    if (!people && word.match.number == Number::dual) {
        people = People{{2, 2, 2}, true, std::nullopt, word.match.tokens.end};
    }
    // «كم جريح»: of an amount that stands for no number.
    bool const is_some = begin > 0 && m_scene.word_at(begin - 1, WordKind::quantity) != nullptr;
    bool const is_indefinite = !word.match.clitics.article && word.match.pronoun == Pronoun::none && !is_some;
    if (!people && word.match.number == Number::singular && is_indefinite) {
        people = People{{1, 1, 1}, true, std::nullopt, word.match.tokens.end};
    }
    if (!people) {
        return std::nullopt;
    }
    // «جثتي شرطيين»: whose bodies they are.
    auto const whose = people_at(word.match.tokens.end);
    if (whose && whose->who && !people->who && word.match.number != Number::none) {
        people->who = whose->who;
        people->end = whose->end;
    }
    Toll toll{people->count, {}, {}, {}, {}};
    count_class(toll, *people);
    m_used = std::max(word.match.tokens.end, people->end);
    read_subset(m_used, clause.end, toll);
    return toll;
}

std::optional<Toll> TollReader::toll_of(Word const& word, Effect effect, text::TokenRange clause) {
    if (effect == Effect::killed_people || effect == Effect::injured_people) {
        return toll_of_people_noun(word, clause);
    }
    std::size_t const end = word.match.tokens.end;
    std::size_t const begin = word.match.tokens.begin;
    // «خمسة قتلوا وأصيب تسعة»: the dead were counted before their verb.
    bool const follows_other = word.match.clitics.conjunction && begin > 0 && m_used < begin &&
                               m_scene.word_at(begin - 1, WordKind::casualty) != nullptr;
    if (follows_other) {
        return std::nullopt; // «قتل وجرح ثلاثون»: how many of each is not said
    }
    std::optional<People> people = people_of(word, clause);
    if (!people && is_said_of_one(word, clause.begin)) {
        people = People{{1, 1, 1}, true, std::nullopt, end};
    }
    // «أصابت خمسة أهداف», «أصابت خمس وحدات من المقاتلين»
    bool const hits_things = effect == Effect::hit && people && (!people->who || people->is_far);
    if (!people || !people->is_countable || hits_things) {
        return std::nullopt;
    }
    // «قتل أربعة بينهم امرأة قتلوا لدى …»: said again of those who were counted.
    constexpr std::size_t part_reach = 4;
    bool const is_again = people->end <= begin && m_used > clause.begin &&
                          m_scene.has_cue({begin - std::min(begin, part_reach), begin}, Cue::subset);
    if (is_again) {
        m_used = end;
        return std::nullopt;
    }
    Toll toll{people->count, {}, {}, {}, {}};
    count_class(toll, *people);
    add_joined(*people, toll);
    // People before their verb: the verb is spoken for too.
    m_used = std::max({m_used, people->end, people->end <= begin ? end : 0});
    read_subset(people->end, clause.end, toll);
    return toll;
}

/// «قتل ثلاثة في غارة على A وأربعة في غارة على B»: people that «و» adds, before what they died of.
void TollReader::read_elided(bool killed, bool gunfire, text::TokenRange clause,
                             std::vector<TollMention>& tolls) {
    static std::string const in = text::fold_key("في");
    for (std::size_t token = m_used; token < clause.end; ++token) {
        if (stops(token)) {
            return;
        }
        std::string_view const codes = m_scene.text().codes(token);
        auto people = codes.front() == text::code(U'و') ? people_at(token) : std::nullopt;
        // «بينهم طفلان وامرأة بقصف …»: those are part of the number before.
        bool const is_part = m_scene.has_cue({m_used, token}, Cue::subset);
        if (!people || !people->is_countable || is_part) {
            continue;
        }
        Toll toll{people->count, {}, {}, {}, {}};
        count_class(toll, *people);
        add_joined(*people, toll);
        std::size_t cause = people->end;
        cause += m_scene.text().codes(cause) == in ? 1U : 0U;
        Word const* const trigger = m_scene.word_at(cause, WordKind::trigger);
        bool const by = trigger != nullptr && trigger->match.clitics.preposition == text::code(U'ب');
        if (trigger != nullptr && (cause > people->end || by)) {
            tolls.push_back({killed, toll, token, gunfire, false, true});
            m_used = std::max(m_used, people->end);
            token = people->end - 1;
        }
    }
}

/// «لم يسجل سقوط قتلى», «دون وقوع أي إصابات»: a word that says so, or a plural behind a negation; but «دون
/// معلومات عن قتلى» says nothing.
bool TollReader::is_none(Word const& word, Effect effect, text::TokenRange clause) const {
    constexpr std::size_t reach = 4;
    std::size_t const begin = word.match.tokens.begin;
    text::TokenRange const before{std::max(clause.begin, begin - std::min(begin, reach)), begin};
    bool const is_plural = word.match.part == Part::noun && word.match.number == Number::plural &&
                           word.match.pronoun == Pronoun::none && !word.match.clitics.article;
    static std::array const rumours{text::fold_key("أنباء"), text::fold_key("معلومات"),
                                    text::fold_key("تفاصيل"), text::fold_key("تقارير")};
    bool is_rumour = false;
    for (std::size_t token = before.begin; token < before.end; ++token) {
        is_rumour = is_rumour ||
                    std::find(rumours.begin(), rumours.end(), m_scene.text().codes(token)) != rumours.end();
    }
    return effect == Effect::none || (is_plural && m_scene.has_cue(before, Cue::negate) && !is_rumour &&
                                      !people_before(begin, before.begin));
}

std::vector<TollMention> TollReader::read() {
    std::vector<TollMention> tolls;
    for (Word const& word : m_scene.words()) {
        std::size_t const token = word.match.tokens.begin;
        if (is_cue(word, Cue::update)) {
            read_rise(word, tolls);
        }
        if (word.kind != WordKind::casualty || token < m_used) {
            continue;
        }
        text::TokenRange const clause = m_scene.clauses()[m_scene.clause_of(token)].tokens;
        Effect const effect = m_scene.lexicon().casualties()[word.row];
        auto const guns = m_scene.words_in(clause);
        bool const gunfire = std::any_of(guns.begin(), guns.end(), [&](Word const& each) {
            return each.kind == WordKind::weapon &&
                   m_scene.lexicon().categories()[m_scene.lexicon().weapons()[each.row].category].is_gun();
        });
        if (is_none(word, effect, clause)) {
            tolls.push_back({true, Toll{}, token, false});
            tolls.push_back({false, Toll{}, token, false});
            continue;
        }
        // «متأثرا بإصابته», «جراء إصابته برصاص قناص»: what somebody died of.
        bool const by = word.match.clitics.preposition == text::code(U'ب') ||
                        m_scene.has_cue({token - std::min<std::size_t>(token, 1), token}, Cue::suffer);
        bool const is_cause = effect == Effect::injured && word.match.pronoun != Pronoun::none && by;
        if (is_cause) {
            continue;
        }
        // «ارتفعت الحصيلة إلى سبعة قتلى بعد وفاة طفلة»: why it rose; she is among them.
        std::size_t const sentence = m_scene.text().sentence_of(token);
        text::TokenRange const told{m_scene.text().sentences()[sentence].begin, token};
        bool const is_why = m_scene.has_cue(told, Cue::update) && effect == Effect::killed &&
                            m_scene.has_listed({token - 1, token}, "after") && !tolls.empty() &&
                            tolls.back().toll && m_scene.text().sentence_of(tolls.back().token) == sentence;
        if (is_why && token > told.begin) {
            continue;
        }
        bool const killed = effect == Effect::killed || effect == Effect::killed_people;
        bool const are_people = effect == Effect::killed_people || effect == Effect::injured_people;
        bool const is_later = m_scene.has_cue(clause, Cue::update) ||
                              (are_people && (tells_total(token, clause) || is_counted_behind(word)));
        tolls.push_back(
            {killed, toll_of(word, effect, clause), token, gunfire, is_later, false, is_later && are_people});
        if (tolls.back().toll) {
            read_elided(killed, gunfire, clause, tolls);
        }
    }
    return tolls;
}

std::vector<TollMention> find_tolls(Scene const& scene) {
    return TollReader{scene}.read();
}

} // namespace kharita::event
