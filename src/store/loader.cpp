#include "store/loader.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"
#include "sqlite/transaction.hpp"
#include "store/changed_days.hpp"
#include "store/database.hpp"
#include "store/deferred_indexes.hpp"
#include "store/document_check.hpp"
#include "store/document_writer.hpp"
#include "store/fingerprint.hpp"
#include "store/id_table.hpp"
#include "store/same_events.hpp"
#include "store/schema.hpp"
#include "store/server_loader.hpp"

namespace kharita::store {

namespace {

/// A document that the database holds.
struct Known {
    std::int64_t row = 0;
    std::string content_hash;
};

} // namespace

struct Loader::State {
    State(Database& to, std::size_t batch_size)
        : database{to},
          connection{to.connection()},
          constraints{connection},
          writer{connection},
          batch{batch_size} {}

    void begin() {
        if (!transaction) {
            transaction.emplace(connection);
            pause.emplace(connection, spatial_columns());
        }
    }
    void end_batch();
    Loaded put(Document const& document);
    std::optional<Known> find(std::string_view doc_id);
    void check_event_ids(Document const& document, std::optional<Known> const& old);
    void replace(Document const& document, Fingerprint const& print, Known const& old);
    bool is_worth_sorting();
    void begin_sorting();
    void finish_indexes();

    Database& database;
    sqlite::Connection& connection;
    sqlite::ConstraintPause constraints; ///< documents are checked, written and removed whole
    std::optional<sqlite::Transaction> transaction;
    std::optional<sqlite::TriggerPause> pause;
    Fingerprinter fingerprinter;
    DocumentWriter writer;
    std::size_t batch = 0;
    std::size_t in_batch = 0;
    bool stale = false; ///< a batch was committed whose rows are in no R*Tree yet
    /// While indexes of ids are dropped, what is in them, each with the row of its document.
    struct Ids {
        IdTable documents;
        IdTable events;
    };
    std::optional<Ids> ids;
    ChangedDays days;
    LoadCounts counts;
};

void Loader::State::end_batch() {
    days.put(database);
    pause->resume();
    transaction->commit();
    pause.reset();
    transaction.reset();
    in_batch = 0;
}

std::optional<Known> Loader::State::find(std::string_view doc_id) {
    auto const known = [](sqlite::Statement& row) -> std::optional<Known> {
        if (!row.step()) {
            return std::nullopt;
        }
        Known found{row.integer(0), std::string{row.text(1)}};
        row.reset();
        return found;
    };
    if (!ids) {
        return known(
            connection.cached("SELECT id, content_hash FROM document WHERE doc_id = ?").bind(doc_id));
    }
    auto const row = ids->documents.find(doc_id);
    return row ? known(connection.cached("SELECT id, content_hash FROM document WHERE id = ? AND doc_id = ?")
                           .bind(*row, doc_id))
               : std::nullopt;
}

/// Stands in for the unique index on event ids while that is dropped.
void Loader::State::check_event_ids(Document const& document, std::optional<Known> const& old) {
    std::vector<std::string_view> all;
    all.reserve(document.events.size());
    for (Event const& event : document.events) {
        all.emplace_back(event.id);
        auto const row = ids->events.find(event.id);
        if (!row || (old && *row == old->row)) {
            continue;
        }
        auto& same = connection.cached("SELECT 1 FROM event WHERE document = ? AND event_id = ?");
        if (same.bind(*row, event.id).step()) {
            same.reset();
            fail<InputError>("event {} is already that of another document", event.id);
        }
    }
    std::ranges::sort(all);
    if (auto const twice = std::ranges::adjacent_find(all); twice != all.end()) {
        fail<InputError>("event {} is there twice", *twice);
    }
}

void Loader::State::replace(Document const& document, Fingerprint const& print, Known const& old) {
    sqlite::Savepoint whole{connection};
    try {
        if (connection.integer("SELECT EXISTS (SELECT 1 FROM event WHERE same_as IS NOT NULL)") != 0) {
            undo_same_events_of(database,
                                std::to_string(old.row)); // its events may stand for those of others
        }
        note_changed_days(database, std::to_string(old.row));
        writer.remove(old.row);
        writer.insert(document, print);
    } catch (Error const&) {
        writer.forget(); // the savepoint brings the old one back
        throw;
    }
    whole.commit();
}

Loaded Loader::State::put(Document const& document) {
    if (ids) {
        ids->documents.expect(document.report.doc_id);
        for (Event const& event : document.events) {
            ids->events.expect(event.id);
        }
    }
    Fingerprint const& print = fingerprinter.of(document);
    std::optional<Known> const old = find(document.report.doc_id);
    if (old && old->content_hash == print.content) {
        return Loaded::unchanged;
    }
    check_document(document);
    if (ids) {
        check_event_ids(document, old);
    }
    std::int64_t row = 0;
    if (old) {
        replace(document, print, *old);
        row = connection.integer("SELECT max(id) FROM document");
    } else {
        row = writer.insert(document, print);
    }
    days.add(document);
    if (ids) {
        ids->documents.put(document.report.doc_id, row);
        for (Event const& event : document.events) {
            ids->events.put(event.id, row);
        }
    }
    return old ? Loaded::replaced : Loaded::added;
}

/// Whether so much is being added that sorting all index entries at the end costs less than adding each.
bool Loader::State::is_worth_sorting() {
    constexpr std::size_t share = 4;
    auto const added = counts.added + counts.replaced;
    return !ids && added >= batch &&
           added >= static_cast<std::size_t>(connection.integer("SELECT count(*) FROM document")) / share;
}

void Loader::State::begin_sorting() {
    drop_deferred_indexes(database);
    ids.emplace();
    auto documents = connection.prepare("SELECT id, doc_id FROM document");
    while (documents.step()) {
        ids->documents.put(documents.text(1), documents.integer(0));
    }
    auto events = connection.prepare("SELECT document, event_id FROM event");
    while (events.step()) {
        ids->events.put(events.text(1), events.integer(0));
    }
}

void Loader::State::finish_indexes() {
    for (std::size_t i = 0; i < spatial_table_count; ++i) {
        auto const table = static_cast<SpatialTable>(i);
        if (writer.has_forgotten()) {
            sqlite::rebuild_index(connection, spatial_columns()[i]);
        } else if (!writer.waiting(table).empty()) {
            sqlite::add_to_index(connection, spatial_columns()[i], std::exchange(writer.waiting(table), {}));
        }
    }
    if (ids) {
        make_deferred_indexes(database);
        ids.reset();
    }
}

Loader::Loader(Database& database, std::size_t batch) {
    if (database.is_on_server()) {
        m_server = std::make_unique<ServerLoader>(database, batch);
    } else {
        m_state = std::make_unique<State>(database, batch);
    }
}

Loader::~Loader() = default;

Loaded Loader::add(Document const& document) {
    if (m_server) {
        return m_server->add(document);
    }
    State& state = *m_state;
    state.begin();
    Loaded outcome = Loaded::unchanged;
    try {
        outcome = state.put(document);
    } catch (sqlite::ConstraintError const& error) {
        fail<InputError>("the document cannot be stored: {}", error.what());
    } catch (GeometryError const& error) {
        fail<InputError>("the document cannot be stored: {}", error.what());
    }
    switch (outcome) {
    case Loaded::added:
        ++state.counts.added;
        break;
    case Loaded::replaced:
        ++state.counts.replaced;
        break;
    case Loaded::unchanged:
        ++state.counts.unchanged;
        return outcome;
    }
    state.counts.events += document.events.size();
    if (++state.in_batch == state.batch) {
        // Trees are packed and indexes sorted once, at the end; until then the database says that they are
        // behind.
        state.stale = true;
        if (state.is_worth_sorting()) {
            state.begin_sorting();
        }
        state.database.set_metadata(index_state_key, index_stale);
        state.database.touch();
        state.end_batch();
    }
    return outcome;
}

void Loader::commit() {
    if (m_server) {
        m_server->commit();
        return;
    }
    State& state = *m_state;
    bool const changed = state.in_batch > 0 || state.stale;
    if (!changed) {
        state.pause.reset();
        state.transaction.reset(); // nothing in it
        return;
    }
    state.begin();
    state.finish_indexes();
    state.database.set_metadata(index_state_key, index_current);
    state.database.touch();
    state.stale = false;
    state.end_batch();
}

LoadCounts const& Loader::counts() const noexcept {
    return m_server ? m_server->counts() : m_state->counts;
}

} // namespace kharita::store
