#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/document.hpp"
#include "postgis/copy_rows.hpp"
#include "store/stored_form.hpp"

namespace kharita::store {

/// The tables on a server that documents write to, in an order in which each refers to those before it only.
enum class ServerTable : std::uint8_t {
    document,
    mention,
    mention_area,
    event_group,
    event,
    event_actor,
    event_report,
    zone,
    zone_actor
};
inline constexpr std::size_t server_table_count = 9;

/// A table's name with its columns, in the order in which rows are written.
std::string_view columns_of(ServerTable table) noexcept;

/// A column that refers to a place or an actor, whose row is known only when all of a batch are.
struct OpenReference {
    enum class To : std::uint8_t { place, actor };
    ServerTable table = ServerTable::mention;
    std::size_t where = 0; ///< in the rows of the table, see postgis::CopyRows::put_right()
    To to = To::place;
    std::string id;
};

/// An actor that a document names.
struct NamedActor {
    std::string id; ///< "name:…" where only a name is known
    std::string name;
};

/// A document as the rows that it makes on a server.
struct DocumentRows {
    std::string doc_id;
    std::string content_hash;
    std::int64_t row = 0;
    std::size_t events = 0;
    std::array<postgis::CopyRows, server_table_count> tables;
    std::vector<OpenReference> references;
    std::vector<std::string> parts; ///< "event ID" and "zone ID", of those that it brings
    std::vector<Place> places;
    std::vector<NamedActor> actors;

    postgis::CopyRows& of(ServerTable table) { return tables[static_cast<std::size_t>(table)]; }
};

/// Makes rows of documents, with the content that DocumentWriter gives them in a file.
class ServerRows {
public:
    /// Gives a table's next row number; for the tables that have one.
    using NextRow = std::function<std::int64_t(ServerTable)>;

    explicit ServerRows(NextRow next) : m_next{std::move(next)} {}

    /// Throws InputError when the document is not consistent or PostgreSQL cannot hold it: a text with a zero
    /// byte, an id that is longer than an index can hold. Throws GeometryError for an impossible position.
    DocumentRows of(Document const& document, std::string_view content_hash);

private:
    struct Current {
        Document const& document;
        StoredForm form;
        DocumentRows rows;
        std::vector<std::int64_t> mention_rows; ///< in the document's order
        std::vector<std::int64_t> group_rows;   ///< likewise
        std::unordered_set<std::string_view> mention_ids;
        std::unordered_set<std::string_view> group_ids;
    };

    static void add_document(Current& current);
    void add_mention(Current& current, std::size_t position);
    void add_group(Current& current, EventGroup const& group);
    void add_event(Current& current, std::size_t position);
    static void add_actors(Current& current, std::int64_t event, std::string_view side,
                           std::span<ActorRef const> actors);
    void add_zone(Current& current, std::size_t position);
    static void refer_to_place(Current& current, ServerTable table, Place const* place);
    static void refer_to_actor(Current& current, ServerTable table, ActorRef const& actor);

    NextRow m_next;
    StoredForms m_forms;
};

} // namespace kharita::store
