#include "tile/tile_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <fstream>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/mapped_file.hpp"
#include "base/put_in_place.hpp"
#include "tile/compression.hpp"
#include "tile/tileset_json.hpp"

namespace kharita::tile {

namespace fs = std::filesystem;

namespace {

constexpr char const* index_name = "tiles.json";
constexpr std::size_t max_tile_file = std::size_t{256} << 20U;

/// A folder beside its place that takes its place on commit(), or vanishes.
class OutputFolder {
public:
    OutputFolder(fs::path target, Overwrite overwrite) : m_target{std::move(target)} {
        if (!m_target.has_filename()) {
            m_target = m_target.parent_path(); // "tiles/" is "tiles"
        }
        std::error_code error;
        if (fs::exists(m_target, error) && !fs::is_empty(m_target, error)) {
            if (overwrite == Overwrite::refuse) {
                fail<OutputError>("{}: exists; give --force to replace it", m_target.string());
            }
            if (!fs::exists(m_target / index_name, error)) {
                fail<OutputError>("{}: holds no {}, so it is no tile directory and is left as it is",
                                  m_target.string(), index_name);
            }
        }
        m_temporary =
            m_target.parent_path() / fmt::format(".{}.tmp.{}", m_target.filename().string(), ::getpid());
        fs::create_directory(m_temporary, error);
        if (error) {
            fail<OutputError>("{}: cannot be written: {}", m_target.string(), error.message());
        }
    }
    OutputFolder(OutputFolder const&) = delete;
    OutputFolder& operator=(OutputFolder const&) = delete;
    OutputFolder(OutputFolder&&) = delete;
    OutputFolder& operator=(OutputFolder&&) = delete;
    ~OutputFolder() {
        std::error_code ignored;
        fs::remove_all(m_temporary, ignored);
    }

    fs::path const& path() const noexcept { return m_temporary; }

    /// Writes a file in it. Nothing is synced before commit(): once for thousands of tiles.
    void write(fs::path const& name, std::string_view content) const {
        std::ofstream stream{m_temporary / name, std::ios::binary};
        stream.write(content.data(), static_cast<std::streamsize>(content.size()));
        stream.close();
        if (!stream) {
            fail<OutputError>("{}: cannot be written: {}", m_target.string(), system_message(errno));
        }
    }

    void commit() {
        require_whole_files();
        sync_content();
        put_in_place(m_temporary, m_target); // what was there goes with this
    }

private:
    void sync_content() const {
        int const descriptor =
            ::open(m_temporary.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); // NOLINT(*-vararg): POSIX
        bool const synced = descriptor >= 0 && ::syncfs(descriptor) == 0;
        int const reason = errno;
        if (descriptor >= 0) {
            ::close(descriptor);
        }
        if (!synced) {
            fail<OutputError>("{}: cannot be written: {}", m_target.string(), system_message(reason));
        }
    }

    fs::path m_target;
    fs::path m_temporary;
};

/// A name that is a whole number below 2^32, or nothing.
std::optional<std::uint32_t> number_of(std::string const& name) {
    std::uint32_t number = 0;
    auto const [at, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    return error == std::errc{} && at == name.data() + name.size() && !name.empty() ? std::optional{number}
                                                                                    : std::nullopt;
}

class DirectoryReader final : public TileReader {
public:
    explicit DirectoryReader(fs::path folder) : m_folder{std::move(folder)} {
        std::error_code error;
        if (!fs::is_directory(m_folder, error)) {
            fail<InputError>("{}: is no folder", m_folder.string());
        }
        list_tiles();
        if (m_tiles.empty() && !fs::exists(m_folder / index_name, error)) {
            fail<InputError>("{}: holds neither tiles ({{z}}/{{x}}/{{y}}.pbf) nor {}", m_folder.string(),
                             index_name);
        }
        if (!m_tiles.empty()) {
            std::string const first = read_file(m_tiles.front().second, max_tile_file);
            m_compression = is_gzip(first) ? Compression::gzip : Compression::none;
        }
    }

    TilesetMetadata metadata() const override {
        std::error_code error;
        if (!fs::exists(m_folder / index_name, error)) {
            return {};
        }
        return parse_metadata_json(read_file(m_folder / index_name, max_tile_file));
    }

    Compression compression() const noexcept override { return m_compression; }

    std::optional<std::string> find(TileId tile) const override {
        std::uint64_t const key = hilbert_key(tile);
        auto const found =
            std::lower_bound(m_tiles.begin(), m_tiles.end(), key,
                             [](auto const& entry, std::uint64_t wanted) { return entry.first < wanted; });
        if (found == m_tiles.end() || found->first != key) {
            return std::nullopt;
        }
        return read_file(found->second, max_tile_file);
    }

    void for_each(std::function<void(TileId, std::string_view)> const& visit) const override {
        for (auto const& [key, file] : m_tiles) {
            visit(tile_from_hilbert_key(key).value_or(TileId{}), read_file(file, max_tile_file));
        }
    }

private:
    void list_tiles() {
        for (fs::recursive_directory_iterator each{m_folder}, end; each != end; ++each) {
            if (each.depth() != 2) {
                continue;
            }
            fs::path const& file = each->path();
            auto const y = number_of(file.stem().string());
            auto const x = number_of(file.parent_path().filename().string());
            auto const zoom = number_of(file.parent_path().parent_path().filename().string());
            bool const is_tile = file.extension() == ".pbf" || file.extension() == ".mvt";
            if (is_tile && x && y && zoom && *zoom <= static_cast<std::uint32_t>(max_zoom)) {
                TileId const tile{static_cast<int>(*zoom), *x, *y};
                if (is_valid(tile)) {
                    m_tiles.emplace_back(hilbert_key(tile), file);
                }
            }
        }
        std::sort(m_tiles.begin(), m_tiles.end());
    }

    fs::path m_folder;
    std::vector<std::pair<std::uint64_t, fs::path>> m_tiles; ///< by hilbert_key()
    Compression m_compression = Compression::none;
};

} // namespace

void write_directory(Tileset const& tileset, fs::path const& folder, Overwrite overwrite,
                     Compression compression) {
    OutputFolder output{folder, overwrite};
    for (Tileset::Entry const& entry : tileset.entries) {
        TileId const tile = tile_from_hilbert_key(entry.key).value_or(TileId{});
        fs::path const column = fs::path{std::to_string(tile.zoom)} / std::to_string(tile.x);
        std::error_code error;
        fs::create_directories(output.path() / column, error);
        if (error) {
            fail<OutputError>("{}: cannot be written: {}", folder.string(), error.message());
        }
        std::string const blob = tileset.blobs[entry.blob];
        output.write(column / fmt::format("{}.pbf", tile.y),
                     compression == Compression::gzip ? blob : decompress(blob, Compression::gzip));
    }
    output.write(index_name, tilejson(tileset.metadata, "{z}/{x}/{y}.pbf") + "\n");
    output.commit();
}

std::unique_ptr<TileReader> open_directory(fs::path const& folder) {
    return std::make_unique<DirectoryReader>(folder);
}

} // namespace kharita::tile
