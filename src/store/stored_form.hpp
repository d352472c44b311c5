#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geos.hpp"
#include "model/code_points.hpp"
#include "model/document.hpp"
#include "store/rows_hash.hpp"

namespace kharita::store {

/// What tables hold of a document where it does not say so itself, the same in either kind of database. Its
/// members stand in the order of the document's. Views stay valid while the document does.
struct StoredForm {
    struct OfMention {
        std::optional<MultiPolygon> area; ///< valid, rounded
        std::string relation_of;          ///< mention ids, between "; "
        std::string alternatives;         ///< "id 0.25; id 0.125", best first
    };
    struct OfEvent {
        std::optional<std::size_t> mention; ///< position among the document's
        std::optional<std::size_t> group;   ///< likewise
        std::string initiator;              ///< names for people
        std::string target;
        std::int64_t quote_start = 0; ///< the sentence round the trigger, in code points
        std::int64_t quote_end = 0;
    };
    struct OfZone {
        std::string declared_by; ///< names for people
        std::string_view quote;
    };

    CodePoints points;
    bool whole_text = false; ///< false: the text is only what is quoted
    std::vector<OfMention> mentions;
    std::vector<OfEvent> events;
    std::vector<OfZone> zones;
    /// Of all rows that the document makes but those of places and actors, which it shares with others; so it
    /// can be computed again from the tables, see stored_rows.hpp.
    std::int64_t rows_hash = 0;

    /// In code points, as tables hold it.
    std::int64_t offset(std::size_t byte) const noexcept {
        return static_cast<std::int64_t>(points.at_byte(byte));
    }
};

/// Makes them, one after the other.
class StoredForms {
public:
    /// Throws InputError for an area that is none and for an event whose mention or group is not among the
    /// document's, GeometryError for an impossible position.
    StoredForm of(Document const& document, std::string_view content_hash);

private:
    std::optional<MultiPolygon> area_of(Mention const& mention);
    std::int64_t hash_of(Document const& document, StoredForm const& form, std::string_view content_hash);

    geo::Geos m_geos;
    RowsHash m_hash;
};

} // namespace kharita::store
