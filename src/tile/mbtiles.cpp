#include "tile/mbtiles.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <unistd.h>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/mapped_file.hpp"
#include "base/number.hpp"
#include "base/ordered_work.hpp"
#include "base/temporary_file.hpp"
#include "base/thread_pool.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/transaction.hpp"
#include "tile/compression.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/tileset_json.hpp"

namespace kharita::tile {

namespace fs = std::filesystem;

namespace {

/// Source: MBTiles 1.3. `map` is kept without a rowid: its key is the tile's place, and nothing is stored
/// twice.
constexpr std::string_view schema = R"(
CREATE TABLE metadata (name TEXT NOT NULL, value TEXT NOT NULL);
CREATE UNIQUE INDEX metadata_name ON metadata (name);
CREATE TABLE map (
    zoom_level INTEGER NOT NULL,
    tile_column INTEGER NOT NULL,
    tile_row INTEGER NOT NULL,
    tile_id TEXT NOT NULL,
    PRIMARY KEY (zoom_level, tile_column, tile_row)
) WITHOUT ROWID;
CREATE TABLE images (tile_id TEXT NOT NULL PRIMARY KEY, tile_data BLOB NOT NULL);
CREATE VIEW tiles AS
    SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column, map.tile_row AS tile_row,
           images.tile_data AS tile_data
    FROM map JOIN images ON images.tile_id = map.tile_id;
)";

/// No journal: the file is nobody's until it is renamed. Committing syncs all of it to disk, so what these
/// write need not wait for the disk by itself. 0x4d504258, "MPBX": the number that SQLite's own list gives to
/// MBTiles.
constexpr std::string_view pragmas = "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; "
                                     "PRAGMA synchronous = OFF; PRAGMA application_id = 1297105496; "
                                     "PRAGMA synchronous = FULL;";

sqlite::Blob as_blob(std::string_view bytes) {
    return std::as_bytes(std::span{bytes.data(), bytes.size()});
}

void write_metadata(sqlite::Connection& database, TilesetMetadata const& metadata) {
    sqlite::Statement insert = database.prepare("INSERT INTO metadata (name, value) VALUES (?, ?)");
    auto const put = [&](std::string_view name, std::string_view value) { insert.run(name, value); };
    Extent const& bounds = metadata.bounds;
    put("name", metadata.name);
    put("format", "pbf");
    put("bounds", fmt::format("{},{},{},{}", bounds.west, bounds.south, bounds.east, bounds.north));
    put("center", fmt::format("{},{},{}", metadata.center.lon, metadata.center.lat, metadata.center_zoom));
    put("minzoom", fmt::format("{}", metadata.minzoom));
    put("maxzoom", fmt::format("{}", metadata.maxzoom));
    put("attribution", metadata.attribution);
    put("description", metadata.description);
    put("type", "overlay");
    put("version", metadata.version);
    put("json", mbtiles_metadata_json(metadata));
}

/// A row of `map`, in the order of its key.
struct Row {
    int zoom = 0;
    std::uint32_t column = 0;
    std::uint32_t row = 0;
    std::uint32_t blob = 0;
    friend constexpr auto operator<=>(Row const&, Row const&) = default;
};

/// What the rows of `images` are known by.
std::vector<std::string> image_ids(TileBlobs const& blobs, std::size_t jobs) {
    constexpr std::size_t together = 16;
    std::vector<std::string> ids(blobs.size());
    parallel_for((ids.size() + together - 1) / together, jobs, [&](std::size_t task) {
        std::size_t const end = std::min((task + 1) * together, ids.size());
        for (std::size_t blob = task * together; blob < end; ++blob) {
            ids[blob] = sha256_hex(blobs[static_cast<std::uint32_t>(blob)]).substr(0, 32);
        }
    });
    return ids;
}

/// Inserts images in a given order: one thread does, while others read what comes next.
void write_images(sqlite::Connection& database, TileBlobs const& blobs, std::vector<std::string> const& ids,
                  std::span<std::uint32_t const> order, std::size_t jobs) {
    constexpr std::size_t bytes_together = std::size_t{128} << 10U;
    constexpr std::size_t pieces = 4;
    sqlite::Statement insert = database.prepare("INSERT INTO images (tile_id, tile_data) VALUES (?, ?)");
    OrderedWork reading{jobs, pieces};
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        for (std::size_t bytes = 0; end < order.size() && bytes < bytes_together; ++end) {
            bytes += blobs.place(order[end]).length;
        }
        auto const numbers = order.subspan(begin, end - begin);
        auto const images = std::make_shared<std::vector<std::string>>();
        auto const read = [&blobs, numbers, images] {
            for (std::uint32_t const blob : numbers) {
                images->push_back(blobs[blob]);
            }
        };
        auto const take = [&insert, &ids, numbers, images] {
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                insert.run(std::string_view{ids[numbers[i]]}, as_blob((*images)[i]));
            }
        };
        reading.add(read, take);
    }
    reading.finish();
}

void write_tiles(sqlite::Connection& database, Tileset const& tileset, std::size_t jobs) {
    std::vector<std::string> const ids = image_ids(tileset.blobs, jobs);
    // In the order of the keys, which is what fills the pages of a B-tree.
    std::vector<std::uint32_t> by_id(ids.size());
    for (std::uint32_t i = 0; i < by_id.size(); ++i) {
        by_id[i] = i;
    }
    std::sort(by_id.begin(), by_id.end(), [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
    write_images(database, tileset.blobs, ids, by_id, jobs);
    std::vector<Row> rows;
    rows.reserve(tileset.entries.size());
    for (Tileset::Entry const& entry : tileset.entries) {
        TileId const tile = tile_from_hilbert_key(entry.key).value_or(TileId{});
        rows.push_back({tile.zoom, tile.x, tms_row(tile), entry.blob});
    }
    std::sort(rows.begin(), rows.end());
    sqlite::Statement map =
        database.prepare("INSERT INTO map (zoom_level, tile_column, tile_row, tile_id) VALUES (?, ?, ?, ?)");
    for (Row const& row : rows) {
        map.run(row.zoom, row.column, row.row, std::string_view{ids[row.blob]});
    }
}

/// The numbers of a list such as "36.1,35,37,36.5"; none when it is not `count` numbers.
std::vector<double> numbers_of(std::string_view text, std::size_t count) {
    std::vector<double> numbers;
    char const* at = text.data();
    char const* const end = text.data() + text.size();
    while (at != end) {
        char const* const next = std::find(at, end, ',');
        auto const number = parse_number<double>({at, next});
        if (!number) {
            return {};
        }
        numbers.push_back(*number);
        at = next == end ? end : next + 1;
    }
    return numbers.size() == count ? numbers : std::vector<double>{};
}

class MbtilesReader final : public TileReader {
    /// A database that SQLite cannot read on is a damaged archive.
    template <typename Work>
    auto guarded(Work const& work) const {
        try {
            return work();
        } catch (DatabaseError const& error) {
            fail<FormatError>("{}", error.what());
        }
    }

public:
    explicit MbtilesReader(fs::path const& file) : m_name{file.string()} {
        guarded([&] {
            m_database = std::make_unique<sqlite::Connection>(file);
            if (!m_database->has_table("tiles") || !m_database->has_table("metadata")) {
                fail<FormatError>(R"({}: has no tables "tiles" and "metadata", so it is no MBTiles)", m_name);
            }
            sqlite::Statement rows = m_database->prepare("SELECT name, value FROM metadata");
            while (rows.step()) {
                m_rows.emplace(rows.text(0), rows.text(1));
            }
            sqlite::Statement tile = m_database->prepare("SELECT tile_data FROM tiles LIMIT 1");
            if (tile.step() && !is_gzip(bytes_of(tile))) {
                m_compression = Compression::none;
            }
        });
        if (row("format") != "pbf") {
            fail<FormatError>(R"({}: its tiles are "{}"; this program reads "pbf")", m_name, row("format"));
        }
    }

    TilesetMetadata metadata() const override {
        TilesetMetadata metadata;
        if (m_rows.contains("json")) {
            metadata = parse_metadata_json(row("json"));
        }
        metadata.name = row("name");
        metadata.description = row("description");
        metadata.attribution = row("attribution");
        metadata.version = row("version");
        metadata.minzoom = zoom("minzoom");
        metadata.maxzoom = zoom("maxzoom");
        if (auto const bounds = numbers_of(row("bounds"), 4); !bounds.empty()) {
            metadata.bounds = {bounds[0], bounds[1], bounds[2], bounds[3]};
        }
        if (auto const center = numbers_of(row("center"), 3); !center.empty()) {
            metadata.center = {center[0], center[1]};
            metadata.center_zoom = static_cast<int>(std::clamp(center[2], 0.0, double{max_zoom}));
        }
        return metadata;
    }

    Compression compression() const noexcept override { return m_compression; }

    std::optional<std::string> find(TileId tile) const override {
        return guarded([&]() -> std::optional<std::string> {
            sqlite::Statement& select = m_database->cached(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?");
            select.bind(tile.zoom, tile.x, tms_row(tile));
            if (!select.step()) {
                return std::nullopt;
            }
            std::string bytes{bytes_of(select)};
            select.reset();
            return bytes;
        });
    }

    void for_each(std::function<void(TileId, std::string_view)> const& visit) const override {
        std::vector<std::uint64_t> const keys = guarded([&] { return sorted_keys(); });
        for (std::uint64_t const key : keys) {
            TileId const tile = tile_from_hilbert_key(key).value_or(TileId{});
            if (auto const bytes = find(tile)) {
                visit(tile, *bytes);
            }
        }
    }

private:
    static std::string_view bytes_of(sqlite::Statement& row) {
        sqlite::Blob const blob = row.blob(0);
        return {reinterpret_cast<char const*>(blob.data()), blob.size()};
    }

    std::string row(std::string const& name) const {
        auto const found = m_rows.find(name);
        return found == m_rows.end() ? std::string{} : found->second;
    }

    int zoom(std::string const& name) const {
        auto const number = numbers_of(row(name), 1);
        return number.empty() ? 0 : static_cast<int>(std::clamp(number[0], 0.0, double{max_zoom}));
    }

    std::vector<std::uint64_t> sorted_keys() const {
        std::vector<std::uint64_t> keys;
        sqlite::Statement rows = m_database->prepare("SELECT zoom_level, tile_column, tile_row FROM tiles");
        while (rows.step()) {
            std::int64_t const zoom_level = rows.integer(0);
            std::int64_t const size =
                zoom_level >= 0 && zoom_level <= max_zoom ? std::int64_t{1} << zoom_level : 0;
            std::int64_t const column = rows.integer(1);
            std::int64_t const tms = rows.integer(2);
            if (column < 0 || column >= size || tms < 0 || tms >= size) {
                fail<FormatError>("{}: tile {}/{}/{} is outside the world", m_name, zoom_level, column, tms);
            }
            keys.push_back(hilbert_key({static_cast<int>(zoom_level), static_cast<std::uint32_t>(column),
                                        static_cast<std::uint32_t>(size - 1 - tms)}));
        }
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        return keys;
    }

    std::string m_name;
    std::unique_ptr<sqlite::Connection> m_database;
    std::map<std::string, std::string> m_rows;
    Compression m_compression = Compression::gzip;
};

} // namespace

void write_mbtiles(Tileset const& tileset, fs::path const& file, Overwrite overwrite, std::size_t jobs) {
    if (overwrite == Overwrite::refuse && fs::exists(file)) {
        fail<OutputError>("{}: exists; give --force to replace it", file.string());
    }
    fs::path const folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    if (std::error_code error; !fs::is_directory(folder, error)) {
        fail<OutputError>("{}: cannot be written: {} is no folder", file.string(), folder.string());
    }
    TemporaryFile const temporary{folder / fmt::format(".{}.tmp.{}", file.filename().string(), ::getpid())};
    std::error_code error;
    fs::remove(temporary.path(), error);
    {
        sqlite::Connection database{temporary.path(), {.mode = sqlite::Mode::create}};
        database.execute(pragmas);
        sqlite::Transaction transaction{database};
        database.execute(schema);
        write_metadata(database, tileset.metadata);
        write_tiles(database, tileset, jobs);
        transaction.commit();
    }
    require_whole_files();
    fs::rename(temporary.path(), file, error);
    if (error) {
        fail<OutputError>("{}: cannot be renamed into place: {}", file.string(), error.message());
    }
    sync_folder(folder);
}

std::unique_ptr<TileReader> open_mbtiles(fs::path const& file) {
    return std::make_unique<MbtilesReader>(file);
}

} // namespace kharita::tile
