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

#include "geo/spatialite_blob.hpp"
#include "model/document.hpp"
#include "sqlite/row_insert.hpp"
#include "sqlite/rtree.hpp"
#include "sqlite/spatialite.hpp"
#include "sqlite/statement.hpp"
#include "store/fingerprint.hpp"
#include "store/id_table.hpp"
#include "store/stored_form.hpp"

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
        std::optional<std::int64_t> place;
        std::optional<geo::PointBlob> geometry;
    };
    /// What is known of the document being written.
    struct Current {
        Document const& document;
        Fingerprint const& fingerprint;
        StoredForm form;
        std::int64_t row = 0;
        std::vector<KnownMention> mentions; ///< in the document's order, as their rows are
        std::int64_t first_mention = 0;     ///< row
        std::int64_t first_group = 0;       ///< row
    };

    void insert_findings(Current& current);
    void undo(std::int64_t document);
    std::int64_t place_row(Place const& place, std::uint64_t hash);
    std::int64_t known_actor(ActorRef const& actor);
    void insert_mentions(Current& current);
    void add_mention(Current const& current, std::size_t position);
    void insert_area(std::int64_t row, MultiPolygon area);
    void insert_groups(Current& current);
    void insert_events(Current& current);
    /// Of an event's mention; empty where it has none.
    static std::optional<std::int64_t> mention_row(Current const& current, std::size_t event);
    void add_event(Current const& current, std::size_t position, sqlite::RowInsert& rows);
    void add_report(Current const& current, std::int64_t row, std::size_t position);
    void add_actors(std::int64_t event, std::string_view side, std::span<ActorRef const> actors);
    /// Rows of one table that go into it in the order in which they were added, through several statements.
    struct Run {
        sqlite::RowInsert* now = nullptr;
        std::int64_t first = 0; ///< key of the first
    };
    sqlite::RowInsert& next_of(Run& run, sqlite::RowInsert& rows);
    void end(Run& run);
    void insert_zone(Current const& current, std::size_t position);
    void note(SpatialTable table, std::int64_t row, Extent const& extent);
    void remove_from_index(SpatialTable table, std::string_view rows, std::int64_t document);
    void stop_waiting(SpatialTable table, std::int64_t row);

    sqlite::Connection& m_connection;
    StoredForms m_forms;
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
