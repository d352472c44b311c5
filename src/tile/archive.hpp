#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/output_file.hpp"
#include "tile/tile_id.hpp"
#include "tile/tileset.hpp"

namespace kharita {
class MappedFile;
}

namespace kharita::tile {

/// How tiles are compressed. Values are those of PMTiles v3.
enum class Compression : std::uint8_t { unknown = 0, none = 1, gzip = 2, brotli = 3, zstd = 4 };

/// An archive of tiles, opened for reading: PMTiles, MBTiles or a directory. Used by one thread.
/// Damaged content is answered by FormatError.
class TileReader {
public:
    TileReader() = default;
    TileReader(TileReader const&) = delete;
    TileReader& operator=(TileReader const&) = delete;
    TileReader(TileReader&&) = delete;
    TileReader& operator=(TileReader&&) = delete;
    virtual ~TileReader() = default;

    /// What the archive says of itself; what it does not say is empty or zero.
    virtual TilesetMetadata metadata() const = 0;
    /// How its tiles are compressed.
    virtual Compression compression() const noexcept = 0;
    /// The bytes of a tile as stored, or nothing.
    virtual std::optional<std::string> find(TileId tile) const = 0;
    /// Calls `visit` for each tile in the order of hilbert_key(), with its bytes as stored, valid during the
    /// call.
    virtual void for_each(std::function<void(TileId, std::string_view)> const& visit) const = 0;
    /// The file of which all bytes given to for_each() are part; null where they are read one by one.
    virtual std::shared_ptr<MappedFile const> mapping() const { return nullptr; }
};

/// Opens an archive by what it is: a directory, or a file that begins as PMTiles or SQLite do.
/// Throws InputError when it is missing or none of these, FormatError when it is damaged.
std::unique_ptr<TileReader> open_archive(std::filesystem::path const& path);

enum class ArchiveFormat { pmtiles, mbtiles, directory };

/// By the name's ending: .pmtiles, .mbtiles; else a directory.
ArchiveFormat archive_format(std::filesystem::path const& path);

/// The folder in which an archive of this name lies: "." for a plain name, and "tiles/" is "tiles".
std::filesystem::path folder_of(std::filesystem::path const& archive);

/// Throws OutputError when an archive may not be written there, as write_archive() would after all the work:
/// it exists, or its folder does not.
void check_output(std::filesystem::path const& path, Overwrite overwrite);

/// Writes a tileset in the format that the name's ending asks for; see the three writers. Compression::zstd
/// is for PMTiles alone; for another format it is a UsageError. `jobs` is the number of threads.
void write_archive(Tileset const& tileset, std::filesystem::path const& path, Overwrite overwrite,
                   Compression compression = Compression::gzip, std::size_t jobs = 1);

/// TileJSON 3.0. `tiles` is the template of URLs, `{z}/{x}/{y}.pbf` say, or `pmtiles://…`.
std::string tilejson(TilesetMetadata const& metadata, std::string_view tiles);

/// The tile as raw MVT bytes. Throws FormatError when it is damaged, larger than `max_bytes`, or compressed
/// in a way this program does not know.
std::string decompress(std::string_view bytes, Compression compression,
                       std::size_t max_bytes = std::size_t{256} << 20U);

} // namespace kharita::tile
