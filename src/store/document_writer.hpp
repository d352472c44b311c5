#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "geo/geos.hpp"
#include "geo/spatialite_blob.hpp"
#include "model/code_points.hpp"
#include "model/document.hpp"
#include "sqlite/row_insert.hpp"
#include "sqlite/rtree.hpp"
#include "sqlite/spatialite.hpp"
#include "sqlite/statement.hpp"
#include "store/fingerprint.hpp"
#include "store/id_table.hpp"

namespace kharita::sqlite {
class Connection;
}

namespace kharita::store {

/// The row of an actor: by id, or `name:…` where only a name is known; made where there is none.
std::int64_t actor_row(sqlite::Connection& connection, std::string_view id, std::string_view name);

/// The geometry tables that documents write to.
enum class SpatialTable : std::uint8_t { place, mention, mention_area, event, zone };
inline constexpr std::size_t spatial_table_count = 5;

/// Their columns, in the order of SpatialTable.
std::array<sqlite::GeometryColumn, spatial_table_count> const& spatial_columns();

/// Inserts and removes the rows of documents. SpatiaLite's triggers are off while it writes (TriggerPause);
/// it keeps account of the rows whose geometry is not in an R*Tree yet.
class DocumentWriter {
public:
    explicit DocumentWriter(sqlite::Connection& connection);

    /// Writes a document and all that was found in it, and returns its row. Throws InputError when the
    /// document is not consistent, GeometryError or ConstraintError when the database must refuse it; nothing
    /// of it but actors is left behind then.
    std::int64_t insert(Document const& document, Fingerprint const& fingerprint);
    /// Removes a document's rows; places and actors stay.
    void remove(std::int64_t document);

    /// Forgets what it knows of the database, after a part of that was rolled back.
    void forget();
    /// Whether rows may wait for their R*Tree that waiting() does not list, so that all trees are to be made
    /// from their tables.
    bool has_forgotten() const noexcept { return m_has_forgotten; }

    /// Rows that are in no R*Tree yet, in ascending order but for places.
    std::vector<sqlite::IndexedBox>& waiting(SpatialTable table) {
        return m_waiting[static_cast<std::size_t>(table)];
    }

private:
    struct KnownMention {
        Mention const* mention = nullptr;
        std::optional<std::int64_t> place;
        std::optional<geo::PointBlob> geometry;
    };
    /// Positions in a document's list by id, in the order of ids.
    using Positions = std::vector<std::pair<std::string_view, std::size_t>>;
    /// What is known of the document being written.
    struct Current {
        Document const& document;
        Fingerprint const& fingerprint;
        CodePoints points;
        std::int64_t row = 0;
        std::vector<KnownMention> mentions; ///< in the document's order, as their rows are
        Positions mention_ids;
        std::int64_t first_mention = 0; ///< row
        Positions group_ids;
        std::int64_t first_group = 0; ///< row
        std::optional<Span> quoted;   ///< whose sentence the following is
        std::int64_t quote_start = 0;
        std::int64_t quote_end = 0;

        /// In code points, as tables hold it.
        std::int64_t offset(std::size_t byte) const noexcept {
            return static_cast<std::int64_t>(points.at_byte(byte));
        }
    };

    void insert_findings(Current& current);
    void undo(std::int64_t document);
    std::int64_t place_row(Place const& place, std::uint64_t hash);
    std::int64_t known_actor(ActorRef const& actor);
    void insert_mentions(Current& current);
    void add_mention(Current& current, KnownMention const& known);
    void insert_area(std::int64_t row, Mention const& mention);
    void insert_groups(Current& current);
    void insert_events(Current& current);
    static KnownMention const* place_of(Current const& current, Event const& event);
    static std::optional<std::int64_t> row_of(Current const& current, KnownMention const* mention);
    void add_event(Current const& current, Event const& event, sqlite::RowInsert& rows);
    void add_report(Current& current, std::int64_t row, Event const& event);
    void add_actors(std::int64_t event, std::string_view side, std::span<ActorRef const> actors);
    /// Rows of one table that go into it in the order in which they were added, through several statements.
    struct Run {
        sqlite::RowInsert* now = nullptr;
        std::int64_t first = 0; ///< key of the first
    };
    sqlite::RowInsert& next_of(Run& run, sqlite::RowInsert& rows);
    void end(Run& run);
    void insert_zone(Current& current, Zone const& zone);
    void note(SpatialTable table, std::int64_t row, Extent const& extent);
    void remove_from_index(SpatialTable table, std::string_view rows, std::int64_t document);
    void stop_waiting(SpatialTable table, std::int64_t row);

    sqlite::Connection& m_connection;
    geo::Geos m_geos;
    sqlite::Statement m_document;
    sqlite::RowInsert m_mention;
    sqlite::Statement m_mention_area;
    sqlite::RowInsert m_group; ///< without a toll, as nearly all are
    sqlite::RowInsert m_group_with_toll;
    sqlite::RowInsert m_event; ///< without numbers but the dead
    sqlite::RowInsert m_event_with_numbers;
    sqlite::RowInsert m_event_actor;
    sqlite::RowInsert m_event_report;
    sqlite::Statement m_zone;
    sqlite::Statement m_zone_actor;
    IdTable m_places; ///< rows by a hash of all that is known of the place
    /// By row, the hash of what it holds: several forms of a place have one row, which holds the last.
    std::vector<std::uint64_t> m_place_hashes;
    std::unordered_map<std::string, std::int64_t> m_actors;
    std::array<std::vector<sqlite::IndexedBox>, spatial_table_count> m_waiting;
    std::vector<std::int64_t> m_new_places; ///< rows of those that the document being written brought
    bool m_has_forgotten = false;
};

} // namespace kharita::store
