#include "event/zone_sections.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "event/place_finder.hpp"

namespace kharita::event {

namespace {

/// Most words between the word that opens a section and its first place («بين مدينتي X», «من أطراف بلدة X»),
/// and between its two places.
constexpr std::size_t reach = 3;

enum class Opening { none, between, from };

Opening opening_at(std::string_view codes) {
    static std::array const between{text::fold_key("بين"), text::fold_key("مابين")};
    static std::array const from{text::fold_key("من"), text::fold_key("الممتدة من")};
    if (codes == "between" || std::find(between.begin(), between.end(), codes) != between.end()) {
        return Opening::between;
    }
    return codes == "from" || std::find(from.begin(), from.end(), codes) != from.end() ? Opening::from
                                                                                       : Opening::none;
}

bool leads_on(std::string_view codes) {
    static std::array const words{text::fold_key("إلى"), text::fold_key("حتى"), text::fold_key("وحتى"),
                                  text::fold_key("وصولا")};
    return codes == "to" || codes == "until" || codes == "till" ||
           std::find(words.begin(), words.end(), codes) != words.end();
}

class SectionReader {
public:
    SectionReader(Scene const& scene, text::TokenRange sentence) : m_scene{scene}, m_sentence{sentence} {}

    std::optional<ZoneSection> from_place(std::size_t index) const;

private:
    bool is_end(geoparse::Toponym const& toponym) const;
    Opening opening_before(std::size_t token) const;
    bool is_joined(text::TokenRange gap, Opening opening) const;

    Scene const& m_scene;
    text::TokenRange m_sentence;
};

bool SectionReader::is_end(geoparse::Toponym const& toponym) const {
    return m_sentence.contains(toponym.tokens.begin) && toponym.mention.place &&
           toponym.mention.role != Role::metonym && fineness(toponym) >= 3;
}

Opening SectionReader::opening_before(std::size_t token) const {
    for (std::size_t at = token; at > m_sentence.begin && token - at < reach; --at) {
        if (auto const opening = opening_at(m_scene.text().codes(at - 1)); opening != Opening::none) {
            return opening;
        }
    }
    return Opening::none;
}

/// «X وY» behind «بين», «X إلى مدينة Y» behind «من».
bool SectionReader::is_joined(text::TokenRange gap, Opening opening) const {
    if (gap.size() > reach) {
        return false;
    }
    for (std::size_t token = gap.begin; token <= gap.end; ++token) {
        std::string_view const codes = m_scene.text().codes(token);
        bool const adds = codes == "and" || codes.front() == text::code(U'و');
        if (opening == Opening::between ? adds : leads_on(codes)) {
            return true;
        }
    }
    return false;
}

std::optional<ZoneSection> SectionReader::from_place(std::size_t index) const {
    auto const& places = m_scene.places();
    if (index + 1 >= places.size() || !is_end(places[index]) || !is_end(places[index + 1])) {
        return std::nullopt;
    }
    geoparse::Toponym const& first = places[index];
    geoparse::Toponym const& last = places[index + 1];
    Opening const opening = opening_before(first.tokens.begin);
    // «بين دمشق وأنقرة» may be of governments; «من X إلى دمشق» is not.
    bool const may_speak = opening == Opening::between &&
                           (first.mention.place->feature == "PPLC" || last.mention.place->feature == "PPLC");
    if (opening == Opening::none || may_speak || first.mention.place->id == last.mention.place->id ||
        !is_joined({first.tokens.end, last.tokens.begin}, opening)) {
        return std::nullopt;
    }
    auto const written = [](Mention const& mention) {
        return fmt::format("{} ({:.4f} {:.4f})", mention.place->name, mention.place->at.lon,
                           mention.place->at.lat);
    };
    std::string const& country = first.mention.place->country;
    return ZoneSection{fmt::format("from {} to {}", written(first.mention), written(last.mention)),
                       country == last.mention.place->country ? country : std::string{}};
}

} // namespace

std::optional<ZoneSection> section_of_zone(Scene const& scene, text::TokenRange sentence, std::size_t zone) {
    SectionReader const reader{scene, sentence};
    std::optional<ZoneSection> before;
    for (std::size_t i = 0; i < scene.places().size(); ++i) {
        auto section = reader.from_place(i);
        if (section && scene.places()[i].tokens.begin > zone) {
            return section;
        }
        before = before ? before : section;
    }
    return before;
}

} // namespace kharita::event
