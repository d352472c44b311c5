#pragma once

#include <cstddef>
#include <memory>

#include "model/document.hpp"

namespace kharita::store {

class Database;
class ServerLoader;

enum class Loaded {
    added,
    replaced,  ///< the same report was there with other findings, which are gone now
    unchanged, ///< the same report with the same findings was there
};

struct LoadCounts {
    std::size_t added = 0;
    std::size_t replaced = 0;
    std::size_t unchanged = 0;
    std::size_t events = 0; ///< of added and replaced documents
};

/// Writes annotated documents into a database, in batches of one transaction each. A document is known by its
/// doc_id; its findings by a hash over all of them, so that loading a file twice changes nothing. A load that
/// is killed keeps its whole batches; run again, it goes on from there. On a server several loaders may run
/// at once.
class Loader {
public:
    static constexpr std::size_t default_batch = 8000;

    /// `batch` documents are committed together. The database must outlive the loader.
    explicit Loader(Database& database, std::size_t batch = default_batch);
    Loader(Loader const&) = delete;
    Loader& operator=(Loader const&) = delete;
    Loader(Loader&&) = delete;
    Loader& operator=(Loader&&) = delete;
    ~Loader(); ///< undoes the batch that commit() has not reached

    /// Stores one document. Throws InputError when it cannot be stored, saying why; nothing of it is then
    /// kept and the load may go on.
    Loaded add(Document const& document);

    /// Keeps all that was added and brings the spatial indexes up to date. Ends the load.
    void commit();

    LoadCounts const& counts() const noexcept;

private:
    struct State;
    std::unique_ptr<State> m_state;         ///< of a file
    std::unique_ptr<ServerLoader> m_server; ///< of a database on a server
};

} // namespace kharita::store
