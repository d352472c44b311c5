#include "event/protest_signs.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

namespace kharita::event {

namespace {

class ProtestReader {
public:
    ProtestReader(Scene const& scene, text::TokenRange range, SignSet& signs)
        : m_scene{scene},
          m_range{range},
          m_signs{signs} {}

    void read();

private:
    void set(Sign sign) { m_signs.set(static_cast<std::size_t>(sign)); }
    bool has(Sign sign) const { return m_signs[static_cast<std::size_t>(sign)]; }
    void read_act(std::string_view list, std::size_t token);
    void tell(Sign how, std::size_t token);
    bool is_near(std::initializer_list<std::string_view> lists, std::size_t begin, std::size_t end) const;
    bool has_crowd(std::size_t begin, std::size_t end) const;
    bool is_told_aside(std::size_t token) const;
    bool is_quoted(std::size_t token) const;
    bool is_of_things(Word const& crowd) const;
    bool has_things(std::size_t begin, std::size_t end) const;
    void read_crowd(std::size_t begin, std::size_t end);
    void read_setting(std::size_t token);

    Scene const& m_scene;
    text::TokenRange m_range;
    SignSet& m_signs;
    std::string m_oblique = text::fold_key("ين");
    std::string m_of = text::fold_key("من");
};

bool ProtestReader::is_near(std::initializer_list<std::string_view> lists, std::size_t begin,
                            std::size_t end) const {
    auto const words =
        m_scene.words_in({std::max(begin, m_range.begin), std::max(begin, std::min(end, m_range.end))});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word &&
               std::find(lists.begin(), lists.end(), m_scene.lexicon().list_name(word.row)) != lists.end();
    });
}

/// «مئات السيارات».
bool ProtestReader::is_of_things(Word const& crowd) const {
    return m_scene.has_listed({crowd.match.tokens.end, crowd.match.tokens.end + 1}, "materiel");
}

bool ProtestReader::has_things(std::size_t begin, std::size_t end) const {
    auto const words = m_scene.words_in({begin, std::max(begin, std::min(end, m_range.end))});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        return word.kind == WordKind::list_word && m_scene.lexicon().list_name(word.row) == "crowd" &&
               is_of_things(word);
    });
}

/// Whether a crowd stands there that may be who acts: not cars that gather, and not «المتظاهرين», the form of
/// those to whom something is done, unless they are counted («مئات المتظاهرين», «عدد من المتظاهرين»).
bool ProtestReader::has_crowd(std::size_t begin, std::size_t end) const {
    auto const words =
        m_scene.words_in({std::max(begin, m_range.begin), std::max(begin, std::min(end, m_range.end))});
    return std::any_of(words.begin(), words.end(), [&](Word const& word) {
        if (word.kind != WordKind::list_word) {
            return false;
        }
        std::string_view const list = m_scene.lexicon().list_name(word.row);
        std::size_t const at = word.match.tokens.begin;
        if (list == "crowd" || list == "crowd_member") {
            return !is_of_things(word);
        }
        bool const is_oblique = m_scene.text().codes(at).ends_with(m_oblique);
        return list == "protesters" && (!is_oblique || !word.match.clitics.article ||
                                        is_near({"crowd"}, at - std::min<std::size_t>(at, 2), at) ||
                                        (at > 0 && m_scene.text().codes(at - 1) == m_of));
    });
}

/// «الذين خرجوا», «إذا تجمع»: who somebody is, or what may be.
bool ProtestReader::is_told_aside(std::size_t token) const {
    constexpr std::size_t reach = 2;
    text::TokenRange const before{std::max(m_range.begin, token - std::min(token, reach)), token};
    return m_scene.has_cue(before, Cue::relative) || m_scene.has_cue(before, Cue::maybe);
}

/// Inside « », where somebody speaks of what others did.
bool ProtestReader::is_quoted(std::size_t token) const {
    bool quoted = false;
    for (std::size_t at = m_range.begin; at < token; ++at) {
        char const code = m_scene.text().codes(at).front();
        quoted = code == text::open_quote || (quoted && code != text::close_quote);
    }
    return quoted;
}

/// Whether the crowd of an act is new to the reader («مئات الطلاب», «متظاهرون») or one that was spoken of
/// before («المتظاهرون»), whose acts are part of a protest that is told already.
void ProtestReader::read_crowd(std::size_t begin, std::size_t end) {
    for (Word const& word : m_scene.words_in({std::max(begin, m_range.begin), std::min(end, m_range.end)})) {
        if (word.kind != WordKind::list_word) {
            continue;
        }
        std::string_view const list = m_scene.lexicon().list_name(word.row);
        if ((list == "crowd" && !is_of_things(word)) ||
            (list == "protesters" && !word.match.clitics.article)) {
            return set(Sign::protest_by_new_crowd);
        }
        if (list == "protesters") {
            return set(Sign::protest_by_known_crowd);
        }
    }
}

/// The place and the day that the clause of an act names.
void ProtestReader::read_setting(std::size_t token) {
    text::TokenRange const clause = m_scene.clauses()[m_scene.clause_of(token)].tokens;
    for (std::size_t const index : m_scene.places_in(clause)) {
        auto const& mention = m_scene.places()[index].mention;
        if (mention.role != Role::metonym && !(mention.place && mention.place->feature.starts_with("PCL"))) {
            set(Sign::protest_placed);
        }
    }
    auto const& dates = m_scene.dates();
    if (std::any_of(dates.begin(), dates.end(), [&](text::DateMention const& date) {
            return clause.contains(date.tokens.begin) && !date.historical && date.time_precision == 1;
        })) {
        set(Sign::protest_dated);
    }
}

void ProtestReader::tell(Sign how, std::size_t token) {
    constexpr std::size_t opening = 5;
    if (has(Sign::protest_told) && !has(how)) {
        set(Sign::protest_told_twice);
    }
    set(how);
    set(Sign::protest_told);
    read_setting(token);
    if (token < m_range.begin + opening) {
        set(Sign::opens_with_protest);
    }
}

void ProtestReader::read_act(std::string_view list, std::size_t token) {
    constexpr std::size_t subject_reach = 3;
    constexpr std::size_t noun_reach = 5;
    constexpr std::size_t object_reach = 8; // behind a subject and a means
    std::size_t const behind = token + 1;
    std::size_t const before = token - std::min(token, subject_reach);
    if (list == "protest_act") {
        if (has_things(behind, behind + subject_reach)) {
            return;
        }
        tell(Sign::protest_act, token);
        if (has_crowd(behind, behind + subject_reach)) {
            set(Sign::protest_act_by_crowd);
        }
        read_crowd(behind, behind + subject_reach);
    } else if (list == "crowd_act") {
        if (has_crowd(behind, behind + subject_reach) || has_crowd(before, token)) {
            tell(Sign::crowd_acts, token);
            read_crowd(before, behind + subject_reach);
        }
    } else if (list == "crowd_voice") {
        if (has_crowd(behind, behind + subject_reach) || has_crowd(before, token)) {
            set(Sign::crowd_speaks);
            read_crowd(before, behind + subject_reach);
        }
    } else {
        // «فرقت الشرطة بالغاز مظاهرة»: what is broken up was there.
        std::size_t const reach = list == "comes_about"  ? noun_reach
                                  : list == "dispersing" ? object_reach
                                                         : 0;
        if (is_near({"protest_noun"}, behind, behind + reach)) {
            tell(Sign::protest_comes_about, token);
        }
    }
}

void ProtestReader::read() {
    for (Word const& word : m_scene.words_in(m_range)) {
        std::size_t const token = word.match.tokens.begin;
        if (word.kind == WordKind::list_word && word.match.part == Part::perfect && !is_told_aside(token) &&
            !is_quoted(token)) {
            read_act(m_scene.lexicon().list_name(word.row), token);
        }
    }
    constexpr std::array<std::tuple<std::string_view, Sign, Sign>, 3> companions{
        {{"protest_aim", Sign::protest_aim, Sign::protest_told_with_aim},
         {"protest_place", Sign::protest_place, Sign::protest_told_with_place},
         {"slogan", Sign::slogans, Sign::protest_told_with_slogans}}};
    for (auto const& [list, alone, with_told] : companions) {
        if (is_near({list}, m_range.begin, m_range.end)) {
            set(alone);
            if (has(Sign::protest_told)) {
                set(with_told);
            }
        }
    }
}

} // namespace

void read_protest_signs(Scene const& scene, text::TokenRange range, SignSet& signs) {
    ProtestReader{scene, range, signs}.read();
}

} // namespace kharita::event
