#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kharita::event {

/// The event types that may be coded: ACLED's six types and 25 sub-types, and PLOVER's types with modes.
/// Immutable.
class Ontology {
public:
    /// Reads acled.tsv and plover.tsv of `folder` (schemas/ontology). Throws InputError with file and line.
    static Ontology load(std::filesystem::path const& folder);

    /// The ACLED event type a sub-event type belongs to; empty for a word that is none. Valid while this
    /// lives.
    std::string_view event_type_of(std::string_view sub_event_type) const noexcept;
    /// Whether PLOVER knows an event type with this mode, or without when `mode` is empty.
    bool knows_plover(std::string_view type, std::string_view mode) const noexcept;

private:
    struct Pair {
        std::string first;
        std::string second;
    };
    std::vector<Pair> m_acled;  ///< sub-event type, event type
    std::vector<Pair> m_plover; ///< type, mode
};

} // namespace kharita::event
