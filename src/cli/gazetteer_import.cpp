#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/data_dir.hpp"
#include "base/download.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "base/progress.hpp"
#include "base/tsv.hpp"
#include "base/zip.hpp"
#include "cli/gazetteer_commands.hpp"
#include "extract/extract_run.hpp"
#include "gazetteer/additions.hpp"
#include "gazetteer/import/geonames.hpp"
#include "gazetteer/import/import_run.hpp"
#include "gazetteer/import/table_reader.hpp"

namespace kharita::cli {

namespace {

namespace fs = std::filesystem;
using gazetteer::ImportInfo;
using gazetteer::ImportOutcome;
using gazetteer::ImportRequest;

struct ImportOptions {
    GazetteerOptions const* shared = nullptr;
    std::vector<std::string> files;
    std::string format;
    std::string name;
    std::string remove;
    std::string alternates;
    std::string classes;
    std::string languages = "ar,en";
    std::string layer;
    std::string country;
    std::string rejects; ///< empty: the first ones to standard error
    bool force = false;  ///< replace a file of rejects
    std::string url = "https://download.geonames.org/export/dump";
    std::vector<std::string> maps;
    bool json = false;
};

fs::path import_vocabulary() {
    return data_dir() / "gazetteer" / "vocabulary" / "import";
}

/// The gazetteer to change: the user's own is made where it is missing; the program's is left alone.
fs::path own_gazetteer(GazetteerOptions const& shared) {
    if (shared.folder.empty()) {
        return gazetteer_folder(shared);
    }
    fs::path folder = shared.folder;
    if (!fs::exists(folder)) {
        gazetteer::copy_gazetteer(data_dir() / "gazetteer", fs::absolute(folder).lexically_normal());
        log_info("{}: made, with the places that came with the program", folder.string());
    }
    return folder;
}

/// A file of an archive, unpacked, or the file itself. Of archives that hold several, the one that is no
/// readme.
fs::path unpacked(fs::path const& file, fs::path const& work_folder) {
    if (!is_zip(file)) {
        return file;
    }
    std::optional<ZipMember> largest;
    for (ZipMember const& member : list_zip(file)) {
        bool const readme = member.name.find("readme") != std::string::npos || member.name.ends_with('/');
        if (!readme && (!largest || member.size > largest->size)) {
            largest = member;
        }
    }
    if (!largest) {
        fail<InputError>("{}: no table in this archive", file.string());
    }
    fs::path target = work_folder / ("unpacked-" + fs::path{largest->name}.filename().string());
    unpack_zip(file, *largest, target);
    return target;
}

std::vector<std::string> languages_of(std::string const& list) {
    std::vector<std::string> languages;
    for (std::string_view const language : split(list, ',')) {
        languages.emplace_back(trimmed(language));
    }
    return languages;
}

/// Rejects name the file as the user knows it, not what was unpacked of it.
gazetteer::SetAside under_name(gazetteer::SetAside const& set_aside, fs::path const& file) {
    return [&set_aside, name = file.string()](Reject&& reject) {
        reject.file = name;
        set_aside(std::move(reject));
    };
}

void read_geonames_files(ImportOptions const& options, fs::path const& work_folder,
                         gazetteer::UseRecord const& use, gazetteer::SetAside const& set_aside) {
    gazetteer::GeonamesOptions wanted;
    wanted.classes = options.classes;
    wanted.country_codes = gazetteer::read_country_codes(import_vocabulary() / "iso3166.tsv");
    std::optional<gazetteer::AlternateNames> alternates;
    if (!options.alternates.empty()) {
        fs::path const table = unpacked(options.alternates, work_folder);
        alternates.emplace(table, work_folder, languages_of(options.languages),
                           under_name(set_aside, options.alternates));
        if (table != fs::path{options.alternates}) {
            fs::remove(table);
        }
        wanted.alternates = &*alternates;
    }
    for (std::string const& file : options.files) {
        fs::path const table = unpacked(file, work_folder);
        gazetteer::read_geonames(table, wanted, use, under_name(set_aside, file));
        if (table != fs::path{file}) {
            fs::remove(table);
        }
    }
}

/// The files that a source comes in: of a folder of Who's On First, one a place, without those of other
/// sources' shapes.
std::vector<fs::path> files_of(fs::path const& source) {
    if (!fs::is_directory(source)) {
        return {source};
    }
    std::vector<fs::path> files;
    for (auto const& entry : fs::recursive_directory_iterator{source}) {
        std::string const name = entry.path().filename().string();
        if (name.ends_with(".geojson") && name.find("-alt-") == std::string::npos) {
            files.push_back(entry.path());
        }
    }
    if (files.empty()) {
        fail<InputError>("{}: a folder without *.geojson files; name the files to import", source.string());
    }
    std::ranges::sort(files);
    return files;
}

bool is_sqlite(fs::path const& file) {
    constexpr std::string_view magic = "SQLite format 3"; // and a zero byte: SQLite's "Database File Format"
    std::ifstream stream{file, std::ios::binary};
    std::string start(magic.size(), ' ');
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    return stream && start == magic;
}

void read_tables(ImportOptions const& options, gazetteer::UseRecord const& use,
                 gazetteer::SetAside const& set_aside) {
    auto profile = gazetteer::TableProfile::load(import_vocabulary(), options.format);
    std::vector<std::string> maps = options.maps;
    std::ranges::reverse(maps); // the one named last is put before the others; the first named shall win
    for (std::string const& map : maps) {
        profile.map(map);
    }
    gazetteer::TableInput input;
    input.layer = options.layer;
    input.country_codes = gazetteer::read_country_codes(import_vocabulary() / "iso3166.tsv");
    if (options.format == "osm") {
        input.options.push_back("CONFIG_FILE=" + (import_vocabulary() / "osmconf.ini").string());
    }
    for (std::string const& source : options.files) {
        for (fs::path const& file : files_of(source)) {
            input.file = file;
            bool const distribution = options.format == "wof" && is_sqlite(file);
            input.query = distribution ? read_file(import_vocabulary() / "wof.sql") : std::string{};
            gazetteer::read_table(input, profile, use, set_aside);
        }
    }
}

/// The format that a file's name tells; "table" where it tells none.
std::string format_of(std::string const& file) {
    fs::path const path{file};
    if (file.ends_with(".osm.pbf") || path.extension() == ".osm" || path.extension() == ".pbf") {
        return "osm";
    }
    if (fs::is_directory(path) || path.filename().string().starts_with("whosonfirst")) {
        return "wof";
    }
    bool const text = path.extension() == ".txt" || path.extension() == ".zip" || file.ends_with(".txt.gz");
    return text ? "geonames" : "table";
}

nlohmann::ordered_json to_json(ImportInfo const& info) {
    return {{"name", info.name},           {"format", info.format},      {"files", info.files},
            {"records", info.records},     {"places", info.places},      {"merged", info.merged},
            {"conflicts", info.conflicts}, {"set_aside", info.set_aside}};
}

Exit report(ImportOutcome const& outcome, ImportOptions const& options, fs::path const& gazetteer) {
    ImportInfo const& info = outcome.info;
    constexpr std::size_t shown = 10;
    bool const to_file = !options.rejects.empty();
    for (std::size_t i = 0; i < (to_file ? 0 : std::min(shown, outcome.rejects.size())); ++i) {
        log_warning("{}", to_string(outcome.rejects[i]));
    }
    fs::path const folder = gazetteer::import_folder(gazetteer, info.name);
    if (info.set_aside > shown && !to_file) {
        log_warning("… {} in all: {} and report.tsv beside it", info.set_aside,
                    (folder / "rejects.tsv").string());
    }
    if (options.json) {
        auto json = to_json(info);
        json["unchanged"] = outcome.unchanged;
        json["report"] = (folder / "report.tsv").string();
        fmt::print("{}\n", json.dump(2));
    }
    log_info("{}: {} records, {} places new, {} merged, {} conflicts, {} set aside{}", info.name,
             info.records, info.places, info.merged, info.conflicts, info.set_aside,
             outcome.unchanged ? "; nothing changed" : "");
    if (outcome.rematched > 0) {
        log_info("{} later imports were matched again", outcome.rematched);
    }
    if (info.merged + info.conflicts > 0) {
        log_info("every merge and conflict: {}", (folder / "report.tsv").string());
    }
    return info.set_aside > 0 ? Exit::partly : Exit::done;
}

Exit run_files(ImportOptions options) {
    if (options.files.empty()) {
        fail<UsageError>("gazetteer import: name a file to import, or an import to --remove");
    }
    if (options.format.empty()) {
        options.format = format_of(options.files.front());
    }
    if (options.name.empty()) {
        std::string stem = fs::path{options.files.front()}.filename().string();
        stem.resize(std::min(stem.find('.'), stem.size()));
        std::ranges::replace_if(
            stem, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
        options.name = stem;
    }
    gazetteer::check_import_name(options.name);
    fs::path const folder = own_gazetteer(*options.shared);
    ImportRequest request;
    request.gazetteer = folder;
    request.vocabulary = import_vocabulary();
    request.name = options.name;
    request.format = options.format;
    request.files.assign(options.files.begin(), options.files.end());
    if (!options.alternates.empty()) {
        request.files.emplace_back(options.alternates);
    }
    request.read = [&options](fs::path const& work_folder, gazetteer::UseRecord const& use,
                              gazetteer::SetAside const& set_aside) {
        if (options.format == "geonames") {
            read_geonames_files(options, work_folder, use, set_aside);
        } else {
            read_tables(options, use, set_aside);
        }
    };
    std::optional<OutputFile> rejects;
    if (!options.rejects.empty()) {
        rejects.emplace(options.rejects, options.force ? Overwrite::replace : Overwrite::refuse);
        request.set_aside = [&rejects](Reject&& reject) { rejects->write(extract::to_json(reject) + "\n"); };
    }
    gazetteer::ImportOutcome const outcome = gazetteer::run_import(request);
    if (rejects) {
        rejects->commit();
    }
    return report(outcome, options, folder);
}

Exit run_import_command(ImportOptions const& options) {
    if (options.remove.empty()) {
        return run_files(options);
    }
    if (!options.files.empty()) {
        fail<UsageError>("gazetteer import: either files or --remove");
    }
    std::size_t const again =
        gazetteer::remove_import(gazetteer_folder(*options.shared), import_vocabulary(), options.remove);
    log_info("{}: removed{}", options.remove,
             again == 0 ? "" : fmt::format("; {} later imports were matched again", again));
    return Exit::done;
}

Exit run_list(ImportOptions const& options) {
    auto const imports = gazetteer::list_imports(gazetteer_folder(*options.shared));
    if (options.json) {
        auto all = nlohmann::ordered_json::array();
        for (ImportInfo const& info : imports) {
            all.push_back(to_json(info));
        }
        fmt::print("{}\n", all.dump(2));
        return Exit::done;
    }
    for (ImportInfo const& info : imports) {
        fmt::print("{}\t{}\t{} records\t{} places\t{} merged\t{} conflicts\t{} set aside\t{}\n", info.name,
                   info.format, info.records, info.places, info.merged, info.conflicts, info.set_aside,
                   fmt::join(info.files, ", "));
    }
    return Exit::done;
}

/// Downloads a country's dump into a folder of the gazetteer and imports it from there.
Exit run_fetch(ImportOptions options) {
    std::ranges::transform(options.country, options.country.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    bool const world = options.country == "WORLD";
    auto const codes = gazetteer::read_country_codes(import_vocabulary() / "iso3166.tsv");
    if (!world && !codes.contains(options.country)) {
        fail<UsageError>("{}: no country code; expected two letters as SY (ISO 3166-1), or \"world\"",
                         options.country);
    }
    fs::path const folder = own_gazetteer(*options.shared);
    {
        gazetteer::ImportLock const can_be_written{folder}; // before the download, not after it
    }
    fs::path const downloads = gazetteer::imports_folder(folder).parent_path() / "downloads";
    std::error_code error;
    fs::create_directories(downloads, error);
    if (error) {
        fail<OutputError>("{}: cannot be made: {}", downloads.string(), error.message());
    }
    std::string const file = (world ? std::string{"allCountries"} : options.country) + ".zip";
    std::string const url = fmt::format("{}{}{}", options.url, options.url.ends_with('/') ? "" : "/", file);
    {
        Progress progress{"kB", 0};
        std::uint64_t shown = 0;
        download(url, downloads / file, std::uint64_t{4} << 30U, [&](std::uint64_t arrived, std::uint64_t) {
            progress.add((arrived - shown) / 1024);
            shown = arrived - (arrived - shown) % 1024;
        });
    }
    if (!is_zip(downloads / file)) {
        fs::remove(downloads / file);
        fail<InputError>("{}: what came is no ZIP archive; is this the address of a GeoNames dump?", url);
    }
    options.files = {(downloads / file).string()};
    options.format = "geonames";
    if (options.name.empty()) {
        options.name = "geonames-" + (world ? std::string{"world"} : options.country);
    }
    return run_files(options);
}

void add_imports_list(CLI::App& command, std::shared_ptr<ImportOptions> const& options, Action& action) {
    CLI::App* const list = command.add_subcommand("imports", "which imports there are");
    list->add_flag("--json", options->json, "as JSON");
    list->callback([options, &action] { action = [options] { return run_list(*options); }; });
}

void add_fetch(CLI::App& command, std::shared_ptr<ImportOptions> const& options, Action& action) {
    CLI::App* const fetch = command.add_subcommand("fetch", "download a country's places and import them");
    fetch->require_subcommand(1);
    CLI::App* const geonames = fetch->add_subcommand("geonames", "the public dump of GeoNames (CC BY)");
    geonames->add_option("country", options->country, "country by ISO 3166-1 code, as SY; or world")
        ->required()
        ->type_name("CODE");
    geonames->add_option("--url", options->url, "folder that holds the archives")->type_name("URL");
    geonames->add_option("--name", options->name, "name of the import (default: geonames-CODE)");
    geonames->add_option("--classes", options->classes, "GeoNames feature classes, as APTH (default: all)");
    geonames->add_flag("--json", options->json, "say what came of it as JSON");
    geonames->callback([options, &action] { action = [options] { return run_fetch(*options); }; });
}

} // namespace

void add_gazetteer_import(CLI::App& command, GazetteerOptions const& shared, Action& action) {
    auto const options = std::make_shared<ImportOptions>();
    options->shared = &shared;
    CLI::App* const import = command.add_subcommand("import", "add places from a public source");
    import->add_option("file", options->files, "tables of one source")->type_name("FILE");
    import
        ->add_option("--format", options->format, "geonames, ocha, wof, osm or table (default: by file name)")
        ->check(CLI::IsMember({"geonames", "ocha", "wof", "osm", "table"}));
    import->add_option("--name", options->name, "name of the import (default: the file's)");
    import->add_option("--remove", options->remove, "take this import away again")->type_name("NAME");
    import
        ->add_option("--alternate-names", options->alternates,
                     "geonames: alternateNamesV2, plain, .gz or .zip")
        ->type_name("FILE");
    import->add_option("--languages", options->languages, "geonames: of alternate names")
        ->type_name("LIST")
        ->capture_default_str();
    import->add_option("--classes", options->classes, "geonames: feature classes, as APTH (default: all)");
    import->add_option("--rejects", options->rejects,
                       "write what is set aside here as JSON Lines instead of to standard error");
    import->add_flag("--force", options->force, "replace an existing file of rejects");
    import->add_option("--layer", options->layer, "only this layer or sheet (default: all)");
    import->add_option("--map", options->maps, "our field from a column: name_ar=ADI; fixed: feature:=PPL")
        ->type_name("FIELD=COLUMN")
        ->allow_extra_args(false);
    import->add_flag("--json", options->json, "say what came of it as JSON");
    import->callback([options, &action] { action = [options] { return run_import_command(*options); }; });
    add_imports_list(command, options, action);
    add_fetch(command, options, action);
}

} // namespace kharita::cli
