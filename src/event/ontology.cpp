#include "event/ontology.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/tsv.hpp"

namespace kharita::event {

namespace {

/// «2 3 4»: interaction codes; none for "any".
std::vector<int> codes_of(Tsv const& table, std::size_t row, std::size_t column) {
    std::vector<int> codes;
    if (table.cell(row, column) == "any") {
        return codes;
    }
    for (std::string_view const word : split(table.cell(row, column), ' ')) {
        constexpr int most = 8;
        int const code = word.size() == 1 ? word.front() - '0' : 0;
        if (code < 1 || code > most) {
            fail<InputError>("{}: \"{}\" is no interaction code from 1 to {}", table.where(row), word, most);
        }
        codes.push_back(code);
    }
    return codes;
}

} // namespace

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
    ontology.read_mappings(folder / "acled_plover.tsv");
    Tsv const ucdp{folder / "ucdp.tsv", {"type", "name", "side", "against"}};
    for (std::size_t row = 0; row < ucdp.size(); ++row) {
        ontology.m_violence.push_back(
            {static_cast<int>(ucdp.number(row, 0)), codes_of(ucdp, row, 2), codes_of(ucdp, row, 3)});
    }
    return ontology;
}

void Ontology::read_mappings(std::filesystem::path const& file) {
    Tsv const table{file, {"sub_event_type", "plover", "mode"}};
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::string_view const sub = table.cell(row, 0);
        std::string_view const event = table.cell(row, 1);
        std::string_view const mode = table.cell(row, 2);
        if (event_type_of(sub).empty()) {
            fail<InputError>("{}: \"{}\" is no sub-event type of acled.tsv", table.where(row), sub);
        }
        if (!event.empty() && !knows_plover(event, mode)) {
            fail<InputError>("{}: PLOVER knows no {} with mode \"{}\"", table.where(row), event, mode);
        }
        m_mappings.push_back({std::string{sub}, {std::string{event}, std::string{mode}}});
    }
    for (Pair const& known : m_acled) {
        auto const count = std::count_if(m_mappings.begin(), m_mappings.end(), [&](Mapping const& each) {
            return each.sub_event_type == known.first;
        });
        if (count != 1) {
            fail<InputError>("{}: {} rows for \"{}\"; expected one", file.string(), count, known.first);
        }
    }
}

Ontology::Plover Ontology::plover_of(std::string_view sub_event_type) const noexcept {
    auto const found = std::find_if(m_mappings.begin(), m_mappings.end(), [&](Mapping const& each) {
        return each.sub_event_type == sub_event_type;
    });
    return found == m_mappings.end() ? Plover{} : Plover{found->plover.first, found->plover.second};
}

int Ontology::type_of_violence(int side, int against) const noexcept {
    auto const fits = [](std::vector<int> const& codes, int code) {
        return codes.empty() || std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    auto const found = std::find_if(m_violence.begin(), m_violence.end(), [&](Violence const& each) {
        return (fits(each.side, side) && fits(each.against, against)) ||
               (fits(each.side, against) && fits(each.against, side));
    });
    return found == m_violence.end() ? 0 : found->type;
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
