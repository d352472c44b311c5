#include <charconv>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "cli/commands.hpp"
#include "cli/print.hpp"
#include "tile/archive.hpp"
#include "tile/archive_tools.hpp"
#include "tile/compression.hpp"
#include "tile/tile_directory.hpp"

namespace kharita::cli {

namespace fs = std::filesystem;

namespace {

struct ArchiveOptions {
    fs::path archive;
    std::vector<fs::path> archives;
    std::string tile;
    bool raw = false;
    fs::path output;
    bool gzip = false;
    bool zstd = false;
    bool force = false;
};

/// "8/154/101" as a tile.
tile::TileId parse_tile(std::string const& text) {
    tile::TileId tile;
    char const* at = text.data();
    char const* const end = at + text.size();
    auto const take = [&](auto& number, char separator) {
        auto const [next, error] = std::from_chars(at, end, number);
        bool const separated = separator == '\0' ? next == end : next != end && *next == separator;
        at = separator == '\0' || next == end ? next : next + 1;
        return error == std::errc{} && separated;
    };
    if (!take(tile.zoom, '/') || !take(tile.x, '/') || !take(tile.y, '\0') || !is_valid(tile)) {
        fail<UsageError>(R"(tile "{}"; expected ZOOM/COLUMN/ROW, such as 8/154/101)", text);
    }
    return tile;
}

Exit run_cat(ArchiveOptions const& options) {
    tile::TileId const id = parse_tile(options.tile);
    auto const archive = tile::open_archive(options.archive);
    auto const stored = archive->find(id);
    if (!stored) {
        fail<InputError>("{}: has no tile {}", options.archive.string(), options.tile);
    }
    std::string const bytes = tile::decompress(*stored, archive->compression());
    std::string const text = options.raw ? bytes : tile::tile_geojson(tile::decode_tile(bytes), id);
    print(text);
    return Exit::done;
}

Exit run_ls(ArchiveOptions const& options) {
    auto const archive = tile::open_archive(options.archive);
    OutputFile output{"-", Overwrite::refuse};
    archive->for_each([&](tile::TileId tile, std::string_view bytes) {
        output.write(fmt::format("{}/{}/{}\t{}\n", tile.zoom, tile.x, tile.y, bytes.size()));
    });
    output.commit();
    return Exit::done;
}

Exit run_diff(ArchiveOptions const& options) {
    using Kind = tile::TileDifference::Kind;
    auto const first = tile::open_archive(options.archives[0]);
    auto const second = tile::open_archive(options.archives[1]);
    auto const differences = tile::compare_archives(*first, *second);
    OutputFile output{"-", Overwrite::refuse};
    for (auto const& [tile, kind] : differences) {
        char const sign = kind == Kind::only_first ? '-' : kind == Kind::only_second ? '+' : '~';
        output.write(fmt::format("{}\t{}/{}/{}\n", sign, tile.zoom, tile.x, tile.y));
    }
    output.commit();
    log_info("{} tiles differ", differences.size());
    return differences.empty() ? Exit::done : Exit::failed;
}

void write(tile::Tileset const& tileset, ArchiveOptions const& options) {
    Overwrite const overwrite = options.force ? Overwrite::replace : Overwrite::refuse;
    if (tile::archive_format(options.output) == tile::ArchiveFormat::directory && options.gzip) {
        tile::write_directory(tileset, options.output, overwrite, tile::Compression::gzip);
    } else {
        tile::write_archive(tileset, options.output, overwrite,
                            options.zstd ? tile::Compression::zstd : tile::Compression::gzip);
    }
    log_info("{}: {} tiles, {} of them distinct", options.output.string(), tileset.entries.size(),
             tileset.blobs.size());
}

/// Where tiles wait until they are written.
tile::TileBlobs scratch(ArchiveOptions const& options) {
    return tile::TileBlobs{tile::folder_of(options.output)};
}

Exit run_join(ArchiveOptions const& options) {
    tile::check_output(options.output, options.force ? Overwrite::replace : Overwrite::refuse);
    std::vector<tile::Tileset> tilesets;
    tilesets.reserve(options.archives.size());
    for (fs::path const& archive : options.archives) {
        tilesets.push_back(tile::read_tileset(*tile::open_archive(archive), scratch(options)));
    }
    write(tile::join_tilesets(tilesets, scratch(options)), options);
    return Exit::done;
}

Exit run_convert(ArchiveOptions const& options) {
    tile::check_output(options.output, options.force ? Overwrite::replace : Overwrite::refuse);
    write(tile::read_tileset(*tile::open_archive(options.archive), scratch(options)), options);
    return Exit::done;
}

CLI::App* add_part(CLI::App& command, std::string const& name, std::string const& words,
                   std::shared_ptr<ArchiveOptions> const& options, Action& action,
                   Exit (*run)(ArchiveOptions const&)) {
    CLI::App* const part = command.add_subcommand(name, words);
    part->callback([options, &action, run] { action = [options, run] { return run(*options); }; });
    return part;
}

void add_output(CLI::App& part, ArchiveOptions& options) {
    part.add_option("-o,--output", options.output, "NAME.pmtiles, NAME.mbtiles, or a folder")->required();
    part.add_flag("--gzip", options.gzip, "in a folder, leave tiles compressed");
    part.add_flag("--zstd", options.zstd, "in a PMTiles archive, compress with zstd instead of gzip");
    part.add_flag("--force", options.force, "replace what exists");
}

} // namespace

void add_archive(CLI::App& app, Action& action) {
    auto const options = std::make_shared<ArchiveOptions>();
    CLI::App* const command =
        app.add_subcommand("archive", "read and rewrite tile archives: PMTiles, MBTiles, folders");
    command->require_subcommand(1);

    auto const add = [&](std::string const& name, std::string const& words,
                         Exit (*run)(ArchiveOptions const&)) {
        return add_part(*command, name, words, options, action, run);
    };
    CLI::App* const cat = add("cat", "print a tile as GeoJSON", run_cat);
    cat->add_option("archive", options->archive, "PMTiles, MBTiles or a folder")->required();
    cat->add_option("tile", options->tile, "ZOOM/COLUMN/ROW")->required();
    cat->add_flag("--raw", options->raw, "the tile's own bytes, not compressed");

    CLI::App* const ls = add("ls", "list tiles with their stored bytes", run_ls);
    ls->add_option("archive", options->archive, "PMTiles, MBTiles or a folder")->required();

    CLI::App* const diff = add("diff", "list tiles that differ", run_diff);
    diff->add_option("archives", options->archives, "two archives")->required()->expected(2);

    CLI::App* const join = add("join", "all tiles of several archives in one", run_join);
    join->add_option("archives", options->archives, "archives")->required();
    add_output(*join, *options);

    CLI::App* const convert = add("convert", "the same tiles in another format", run_convert);
    convert->add_option("archive", options->archive, "PMTiles, MBTiles or a folder")->required();
    add_output(*convert, *options);
}

} // namespace kharita::cli
