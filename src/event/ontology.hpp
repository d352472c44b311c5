#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kharita::event {

/// The event types that may be coded: ACLED's six types and 25 sub-types, PLOVER's types with modes, what the
/// one are in the other, and UCDP's three types of violence. Immutable.
class Ontology {
public:
    /// Reads acled.tsv, plover.tsv, acled_plover.tsv and ucdp.tsv of `folder` (schemas/ontology). Throws
    /// InputError with file and line.
    static Ontology load(std::filesystem::path const& folder);

    /// The ACLED event type a sub-event type belongs to; empty for a word that is none. Valid while this
    /// lives.
    std::string_view event_type_of(std::string_view sub_event_type) const noexcept;
    /// Whether PLOVER knows an event type with this mode, or without when `mode` is empty.
    bool knows_plover(std::string_view type, std::string_view mode) const noexcept;

    /// What PLOVER calls the happenings of a sub-event type where its words say nothing finer: event and
    /// mode, both empty where it has no name for them. Valid while this lives.
    struct Plover {
        std::string_view event;
        std::string_view mode;
    };
    Plover plover_of(std::string_view sub_event_type) const noexcept;

    /// UCDP's type of violence between two sides by their ACLED interaction codes, in either order: 1
    /// state-based, 2 non-state, 3 one-sided; 0 where the table knows none.
    int type_of_violence(int side, int against) const noexcept;

private:
    void read_mappings(std::filesystem::path const& file);

    struct Violence {
        int type = 0;
        std::vector<int> side; ///< empty: any
        std::vector<int> against;
    };
    struct Pair {
        std::string first;
        std::string second;
    };
    std::vector<Pair> m_acled;  ///< sub-event type, event type
    std::vector<Pair> m_plover; ///< type, mode
    struct Mapping {
        std::string sub_event_type;
        Pair plover;
    };
    std::vector<Mapping> m_mappings;
    std::vector<Violence> m_violence;
};

} // namespace kharita::event
