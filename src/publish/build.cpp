#include "publish/build.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/log.hpp"
#include "base/version.hpp"
#include "extract/extractor.hpp"
#include "publish/build_record.hpp"
#include "publish/corrections.hpp"
#include "publish/database_rows.hpp"
#include "publish/file_names.hpp"
#include "publish/folder_lock.hpp"
#include "publish/folder_tiles.hpp"
#include "publish/map_layers.hpp"
#include "publish/map_style.hpp"
#include "publish/report_loading.hpp"
#include "publish/server_build.hpp"
#include "publish/staged_folder.hpp"
#include "publish/verify_folder.hpp"
#include "store/actors.hpp"
#include "store/corrections.hpp"
#include "store/database.hpp"
#include "store/derived.hpp"
#include "store/layer_fields.hpp"
#include "tile/archive.hpp"
#include "tile/tileset.hpp"

namespace kharita::publish {

namespace fs = std::filesystem;

namespace {

/// Absolute, and what a link leads to: two names of one folder take one lock.
fs::path resolved(fs::path const& folder) {
    std::error_code error;
    fs::path const whole = fs::weakly_canonical(fs::absolute(folder), error);
    if (error) {
        fail<OutputError>("{}: {}", folder.string(), error.message());
    }
    return whole.has_filename() ? whole : whole.parent_path();
}

/// The last build's manifest, or nothing where the folder holds none of ours.
std::optional<Manifest> last_manifest(fs::path const& folder, Overwrite foreign_folder) {
    try {
        std::optional<Manifest> last = read_manifest(folder);
        if (last || foreign_folder == Overwrite::replace || !fs::exists(folder) ||
            !fs::is_directory(folder) || fs::is_empty(folder)) {
            return last;
        }
    } catch (InputError const&) {
        if (foreign_folder == Overwrite::replace) {
            return std::nullopt;
        }
        throw;
    }
    fail<OutputError>("{}: holds files that no build made; choose another folder, or give --force to publish "
                      "among them (they stay)",
                      folder.string());
}

/// The database that is about to be replaced, in which analysts may have written: that of the last build, and
/// where its manifest is lost or damaged, whatever database of ours stands there.
std::optional<fs::path> database_of(fs::path const& folder, std::optional<Manifest> const& last) {
    fs::path const file = folder / database_name;
    return fs::exists(file) && (last || store::is_database(file)) ? std::optional{file} : std::nullopt;
}

/// What analysts write while a build runs would go with the database that it replaces. They write at any
/// time, so this leaves a moment; the folder they write in is the one that is exchanged.
void refuse_if_changed(AnalystWork const& work, std::optional<fs::path> const& database,
                       BuildOptions const& options) {
    if (database && hash_of(read_analyst_work(database, options.corrections)) != hash_of(work)) {
        fail<OutputError>("{}: corrections or control areas were changed while this build ran, so the last "
                          "one stays; run it again",
                          database->string());
    }
}

/// Whether an entry of the folder belongs to the last build: its files, and what SQLite may leave beside
/// them.
bool is_ours(std::string const& name, std::optional<Manifest> const& last) {
    if (!last) {
        return false;
    }
    return name == manifest_name ||
           std::any_of(last->files.begin(), last->files.end(), [&](FileRecord const& file) {
               return name == file.name || name == file.name + "-journal" || name == file.name + "-wal" ||
                      name == file.name + "-shm";
           });
}

/// One build on its way.
class Run {
public:
    Run(BuildOptions const& options, fs::path const& data_dir, extract::Extractor const& extractor,
        AnalystWork const& work)
        : m_options{options},
          m_data_dir{data_dir},
          m_extractor{extractor},
          m_overlay_data{OverlayData::load(data_dir, gazetteer_of(options, data_dir))},
          m_work{work} {}

    void make_database(BuildReport& report, fs::path const& folder,
                       std::function<void(Reject const&)> const& set_aside);
    /// `last` is the published folder. Answers what the next build needs to change its tiles.
    tile::FeatureIndex make_layers(BuildReport& report, fs::path const& folder, fs::path const& last);

private:
    Rejects load_reports(BuildReport& report, store::Database& database,
                         std::function<void(Reject const&)> const& set_aside) const;

    BuildOptions const& m_options;
    fs::path const& m_data_dir;
    extract::Extractor const& m_extractor;
    OverlayData m_overlay_data;
    AnalystWork const& m_work;
};

Rejects Run::load_reports(BuildReport& report, store::Database& database,
                          std::function<void(Reject const&)> const& set_aside) const {
    fs::path const gazetteer = gazetteer_of(m_options, m_data_dir);
    LoadedReports loaded = publish::load_reports(database, {.inputs = m_options.inputs,
                                                            .extractor = m_extractor,
                                                            .corrections = m_work.corrections,
                                                            .gazetteer = gazetteer,
                                                            .jobs = m_options.jobs,
                                                            .stored = {},
                                                            .set_aside = set_aside});
    report.counts = loaded.counts;
    for (Reject const& row : m_work.set_aside) {
        set_aside(row);
        loaded.rejects.push_back(row);
    }
    report.rejected = loaded.rejects.size();
    log_detail("uniting events of several reports");
    report.united = unite_events(database, m_data_dir, m_work.corrections);
    Replay replay = replayed(database, m_work.corrections, loaded.outcomes);
    store::replace_corrections(database, replay.corrections);
    store::add_digitised_control(database, m_work.digitised);
    report.corrections = m_work.corrections.size();
    report.idle_corrections = std::move(replay.idle);
    report.digitised = m_work.digitised.size();
    return std::move(loaded.rejects);
}

void Run::make_database(BuildReport& report, fs::path const& folder,
                        std::function<void(Reject const&)> const& set_aside) {
    store::Database database = store::Database::create(folder / database_name, Overwrite::refuse);
    database.put_actors(store::records_of(read_actors(m_data_dir / "gazetteer/actors.tsv")));
    Rejects const rejects = load_reports(report, database, set_aside);
    database.add_rejects(rejects);
    finish_database(database, m_options, m_data_dir, m_overlay_data, report);

    OutputFile file{folder / rejects_name, Overwrite::refuse};
    for (Reject const& reject : rejects) {
        file.write(extract::to_json(reject) + "\n");
    }
    file.commit();
}

tile::FeatureIndex Run::make_layers(BuildReport& report, fs::path const& folder, fs::path const& last) {
    store::Database database = store::Database::open(folder / database_name, store::Access::read_only);
    log_detail("writing GeoJSON");
    write_geojson_files(database, folder);
    log_detail("making tiles");
    std::vector<FeatureLayer> const layers =
        map_layers(database, m_extractor.gazetteer(), m_overlay_data.boundaries);
    fs::path const config_file = m_data_dir / "schemas/tileset.json";
    tile::TilesetConfig const config = tile::read_tileset_config(config_file);
    std::uint64_t const settings = xxh3(
        fmt::format("{}|{}|{}", program_version, tile::settings_hash(config, {}), read_file(config_file)));
    FolderTiles tiles_made =
        make_tiles(layers, config, settings, {last / pmtiles_name, tile_index_of(last)}, m_options.jobs);
    tile::Tileset const& tileset = tiles_made.tileset;
    report.tiles = tileset.entries.size();
    report.tiles_kept = tileset.entries.size() - tiles_made.encoded;
    report.tiles_made_anew = tiles_made.made_anew;
    for (Reject const& reject : tileset.rejects) {
        log_warning("{}", to_string(reject));
    }
    tile::write_archive(tileset, folder / pmtiles_name, Overwrite::refuse);
    tile::write_archive(tileset, folder / mbtiles_name, Overwrite::refuse, tile::Compression::gzip,
                        m_options.jobs);
    write_file(folder / dictionary_name, store::data_dictionary(), Overwrite::refuse);
    write_file(folder / project_name, read_file(m_data_dir / "schemas" / project_name), Overwrite::refuse);
    std::string const base =
        m_options.url.empty() || m_options.url.ends_with('/') ? m_options.url : m_options.url + "/";
    std::string const tiles = fmt::format("pmtiles://{}{}", base, pmtiles_name);
    write_file(folder / tilejson_name, tile::tilejson(tileset.metadata, tiles + "/{z}/{x}/{y}"),
               Overwrite::refuse);
    write_file(folder / style_name,
               map_style(m_data_dir / "schemas/style.json", tileset.metadata, tiles, view_of(layers)),
               Overwrite::refuse);
    return std::move(tiles_made.index);
}

/// Puts the index beside the folder, by way of a scratch folder, which the next build clears if this one is
/// killed here. Until it is there the one of the last build is, which the next sees to be of other tiles; so
/// the build that is published stands without it.
void keep_index(tile::FeatureIndex const& index, fs::path const& scratch, fs::path const& folder) {
    fs::path const made = scratch / ".index";
    try {
        fs::create_directory(scratch); // is gone where nothing was there to be exchanged
        tile::write_index(index, made, Overwrite::replace);
        fs::rename(made, tile_index_of(folder));
    } catch (std::exception const& error) { // of ours, or of the file system
        log_warning("{}; the next build will make all tiles", error.what());
    }
}

/// Lists what was written, and proves it.
void seal(Manifest& manifest, fs::path const& folder) {
    for (fs::directory_entry const& entry : fs::directory_iterator{folder}) {
        manifest.files.push_back(record_file(entry.path(), entry.path().filename().string()));
    }
    std::sort(manifest.files.begin(), manifest.files.end(),
              [](FileRecord const& a, FileRecord const& b) { return a.name < b.name; });
    manifest.rows = hash_of_rows(folder / database_name);
    write_file(folder / manifest_name, to_json(manifest), Overwrite::refuse);
    std::vector<std::string> problems;
    for (store::Check const& check : prove_content(folder).checks) {
        for (std::string const& problem : check.problems) {
            problems.push_back(fmt::format("{}: {}", check.name, problem));
        }
    }
    if (!problems.empty()) {
        fail<Error>("the new build is not sound, so the last one stays: {}", fmt::join(problems, "; "));
    }
}

} // namespace

BuildReport build(BuildOptions const& options, fs::path const& data_dir,
                  std::function<void(Reject const&)> const& set_aside) {
    if (store::is_server(options.folder)) {
        return build_on_server(options, data_dir, set_aside);
    }
    fs::path const folder = resolved(options.folder);
    std::error_code error;
    if (fs::create_directories(folder.parent_path(), error); error) {
        fail<OutputError>("{}: cannot be written: {}", folder.string(), error.message());
    }
    FolderLock const lock{folder};
    std::optional<Manifest> const last = last_manifest(folder, options.foreign_folder);

    fs::path const gazetteer = gazetteer_of(options, data_dir);
    extract::Extractor const extractor = extract::Extractor::load(data_dir, gazetteer);
    std::optional<fs::path> const old_database = database_of(folder, last);
    AnalystWork const work = read_analyst_work(old_database, options.corrections);
    BuildReport report;
    report.published = options.folder.string();
    report.manifest = manifest_before(options, data_dir, extractor.gazetteer(), work);
    if (last && last->fingerprint() == report.manifest.fingerprint() && check_files(folder).empty()) {
        report.up_to_date = true;
        report.manifest = *last;
        return report;
    }

    StagedFolder staged{folder};
    Run run{options, data_dir, extractor, work};
    run.make_database(report, staged.path(), set_aside);
    tile::FeatureIndex const index = run.make_layers(report, staged.path(), folder);
    seal(report.manifest, staged.path());
    if (fs::exists(folder)) {
        for (fs::directory_entry const& entry : fs::directory_iterator{folder}) {
            std::string const name = entry.path().filename().string();
            if (!is_ours(name, last) && !fs::exists(staged.path() / name)) {
                staged.keep(name);
            }
        }
    }
    refuse_if_changed(work, old_database, options);
    staged.publish();
    keep_index(index, staged.path(), folder);
    return report;
}

} // namespace kharita::publish
