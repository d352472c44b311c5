#include "store/loader.hpp"

#include <optional>
#include <string>

#include "base/error.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/error.hpp"
#include "sqlite/transaction.hpp"
#include "store/database.hpp"
#include "store/document_writer.hpp"
#include "store/fingerprint.hpp"
#include "store/schema.hpp"

namespace kharita::store {

struct Loader::State {
    State(Database& to, std::size_t batch_size)
        : database{to},
          connection{to.connection()},
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
    bool index_row_by_row(SpatialTable table);

    Database& database;
    sqlite::Connection& connection;
    std::optional<sqlite::Transaction> transaction;
    std::optional<sqlite::TriggerPause> pause;
    DocumentWriter writer;
    std::size_t batch = 0;
    std::size_t in_batch = 0;
    bool stale = false; ///< a batch was committed whose rows are in no R*Tree yet
    LoadCounts counts;
};

void Loader::State::end_batch() {
    pause->resume();
    transaction->commit();
    pause.reset();
    transaction.reset();
    in_batch = 0;
}

Loaded Loader::State::put(Document const& document) {
    std::string const hash = fingerprint(document);
    auto& known = connection.cached("SELECT id, content_hash FROM document WHERE doc_id = ?");
    std::optional<std::int64_t> old;
    if (known.bind(document.report.doc_id).step()) {
        if (known.text(1) == hash) {
            known.reset();
            return Loaded::unchanged;
        }
        old = known.integer(0);
    }
    known.reset();
    writer.mark();
    sqlite::Savepoint whole{connection};
    if (old) {
        writer.remove(*old);
    }
    writer.insert(document, hash);
    whole.commit();
    return old ? Loaded::replaced : Loaded::added;
}

/// Whether so few rows wait that adding them to the tree costs less than packing it anew.
bool Loader::State::index_row_by_row(SpatialTable table) {
    constexpr std::int64_t ratio = 20;
    auto const& column = spatial_columns()[static_cast<std::size_t>(table)];
    auto const waiting = static_cast<std::int64_t>(writer.waiting(table).size());
    return waiting == 0 ||
           (!stale && waiting < connection.integer("SELECT count(*) FROM " + column.table) / ratio);
}

Loader::Loader(Database& database, std::size_t batch) : m_state{std::make_unique<State>(database, batch)} {}

Loader::~Loader() = default;

Loaded Loader::add(Document const& document) {
    State& state = *m_state;
    state.begin();
    Loaded outcome = Loaded::unchanged;
    try {
        outcome = state.put(document);
    } catch (sqlite::ConstraintError const& error) {
        state.writer.forget();
        fail<InputError>("the document cannot be stored: {}", error.what());
    } catch (GeometryError const& error) {
        state.writer.forget();
        fail<InputError>("the document cannot be stored: {}", error.what());
    } catch (InputError const&) {
        state.writer.forget();
        throw;
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
        // The trees are packed once, at the end; until then the database says that they are behind.
        state.stale = true;
        state.database.set_metadata(index_state_key, index_stale);
        state.database.touch();
        state.end_batch();
    }
    return outcome;
}

void Loader::commit() {
    State& state = *m_state;
    bool const changed = state.in_batch > 0 || state.stale;
    if (!changed) {
        state.pause.reset();
        state.transaction.reset(); // nothing in it
        return;
    }
    state.begin();
    for (std::size_t i = 0; i < spatial_table_count; ++i) {
        auto const table = static_cast<SpatialTable>(i);
        if (state.index_row_by_row(table)) {
            sqlite::add_to_index(state.connection, spatial_columns()[i], state.writer.waiting(table));
        } else {
            sqlite::rebuild_index(state.connection, spatial_columns()[i]);
        }
        state.writer.waiting(table).clear();
    }
    state.database.set_metadata(index_state_key, index_current);
    state.database.touch();
    state.stale = false;
    state.end_batch();
}

LoadCounts const& Loader::counts() const noexcept {
    return m_state->counts;
}

} // namespace kharita::store
