#include "event/protest_signs.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

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
    bool is_told_aside(std::size_t token) const;

    Scene const& m_scene;
    text::TokenRange m_range;
    SignSet& m_signs;
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

/// «الذين خرجوا», «إذا تجمع»: who somebody is, or what may be.
bool ProtestReader::is_told_aside(std::size_t token) const {
    constexpr std::size_t reach = 2;
    text::TokenRange const before{std::max(m_range.begin, token - std::min(token, reach)), token};
    return m_scene.has_cue(before, Cue::relative) || m_scene.has_cue(before, Cue::maybe);
}

void ProtestReader::tell(Sign how, std::size_t token) {
    constexpr std::size_t opening = 5;
    if (has(Sign::protest_told) && !has(how)) {
        set(Sign::protest_told_twice);
    }
    set(how);
    set(Sign::protest_told);
    if (token < m_range.begin + opening) {
        set(Sign::opens_with_protest);
    }
}

void ProtestReader::read_act(std::string_view list, std::size_t token) {
    constexpr std::size_t subject_reach = 3;
    constexpr std::size_t noun_reach = 5;
    std::size_t const behind = token + 1;
    std::size_t const before = token - std::min(token, subject_reach);
    auto const crowds = {std::string_view{"crowd"}, std::string_view{"crowd_member"},
                         std::string_view{"protesters"}};
    if (list == "protest_act") {
        tell(Sign::protest_act, token);
        if (is_near(crowds, behind, behind + subject_reach)) {
            set(Sign::protest_act_by_crowd);
        }
    } else if (list == "crowd_act") {
        if (is_near(crowds, behind, behind + subject_reach) || is_near(crowds, before, token)) {
            tell(Sign::crowd_acts, token);
        }
    } else if (list == "comes_about" && is_near({"protest_noun"}, behind, behind + noun_reach)) {
        tell(Sign::protest_comes_about, token);
    }
}

void ProtestReader::read() {
    for (Word const& word : m_scene.words_in(m_range)) {
        std::size_t const token = word.match.tokens.begin;
        if (word.kind == WordKind::list_word && word.match.part == Part::perfect && !is_told_aside(token)) {
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
