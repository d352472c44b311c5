#include "event/ontology.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::event {

Ontology Ontology::load(std::filesystem::path const& folder) {
    Ontology ontology;
    Tsv const acled{folder / "acled.tsv", {"event_type", "sub_event_type", "disorder_type"}};
    for (std::size_t row = 0; row < acled.size(); ++row) {
        if (!ontology.event_type_of(acled.cell(row, 1)).empty()) {
            fail<InputError>("{}: sub-event type \"{}\" stands twice", acled.where(row), acled.cell(row, 1));
        }
        ontology.m_acled.push_back({std::string{acled.cell(row, 1)}, std::string{acled.cell(row, 0)}});
    }
    Tsv const plover{folder / "plover.tsv", {"event", "quad", "mode"}};
    for (std::size_t row = 0; row < plover.size(); ++row) {
        ontology.m_plover.push_back({std::string{plover.cell(row, 0)}, std::string{plover.cell(row, 2)}});
    }
    return ontology;
}

std::string_view Ontology::event_type_of(std::string_view sub_event_type) const noexcept {
    auto const found = std::find_if(m_acled.begin(), m_acled.end(),
                                    [&](Pair const& each) { return each.first == sub_event_type; });
    return found == m_acled.end() ? std::string_view{} : found->second;
}

bool Ontology::knows_plover(std::string_view type, std::string_view mode) const noexcept {
    return std::any_of(m_plover.begin(), m_plover.end(),
                       [&](Pair const& each) { return each.first == type && each.second == mode; });
}

} // namespace kharita::event
