#include "tile/archive.hpp"

#include <fstream>

#include "base/error.hpp"
#include "tile/compression.hpp"
#include "tile/mbtiles.hpp"
#include "tile/mvt_decoder.hpp"
#include "tile/pmtiles.hpp"
#include "tile/tile_directory.hpp"

namespace kharita::tile {

namespace fs = std::filesystem;

std::unique_ptr<TileReader> open_archive(fs::path const& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return open_directory(path);
    }
    std::ifstream stream{path, std::ios::binary};
    std::string head(16, '\0');
    if (!stream) {
        fail<InputError>("{}: cannot be read", path.string());
    }
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (head.starts_with("PMTiles")) {
        return open_pmtiles(path);
    }
    if (head.starts_with("SQLite format 3")) {
        return open_mbtiles(path);
    }
    fail<InputError>("{}: is neither PMTiles nor MBTiles nor a folder of tiles", path.string());
}

ArchiveFormat archive_format(fs::path const& path) {
    if (path.extension() == ".pmtiles") {
        return ArchiveFormat::pmtiles;
    }
    return path.extension() == ".mbtiles" ? ArchiveFormat::mbtiles : ArchiveFormat::directory;
}

fs::path folder_of(fs::path const& archive) {
    fs::path const plain = archive.has_filename() ? archive : archive.parent_path();
    return plain.has_parent_path() ? plain.parent_path() : fs::path{"."};
}

void check_output(fs::path const& path, Overwrite overwrite) {
    fs::path const plain = path.has_filename() ? path : path.parent_path();
    fs::path const folder = folder_of(path);
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        fail<OutputError>("{}: cannot be written: {} is no folder", plain.string(), folder.string());
    }
    bool const is_empty_folder = fs::is_directory(plain, error) && fs::is_empty(plain, error);
    if (overwrite == Overwrite::refuse && fs::exists(plain, error) && !is_empty_folder) {
        fail<OutputError>("{}: exists; give --force to replace it", plain.string());
    }
}

void write_archive(Tileset const& tileset, fs::path const& path, Overwrite overwrite, Compression compression,
                   std::size_t jobs) {
    ArchiveFormat const format = archive_format(path);
    if (compression == Compression::zstd && format != ArchiveFormat::pmtiles) {
        fail<UsageError>("{}: only PMTiles archives may be compressed with zstd", path.string());
    }
    switch (format) {
    case ArchiveFormat::pmtiles:
        write_pmtiles(tileset, path, overwrite, compression);
        break;
    case ArchiveFormat::mbtiles:
        write_mbtiles(tileset, path, overwrite, jobs);
        break;
    case ArchiveFormat::directory:
        write_directory(tileset, path, overwrite);
        break;
    }
}

std::string decompress(std::string_view bytes, Compression compression, std::size_t max_bytes) {
    switch (compression) {
    case Compression::none:
        return std::string{bytes};
    case Compression::gzip:
        return gunzip(bytes, max_bytes);
    case Compression::zstd:
        return unzstd(bytes, max_bytes);
    case Compression::unknown:
    case Compression::brotli:
        break;
    }
    fail<FormatError>("tiles compressed with method {} cannot be read", static_cast<int>(compression));
}

} // namespace kharita::tile
