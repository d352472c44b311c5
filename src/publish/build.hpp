#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/output_file.hpp"
#include "base/rejects.hpp"
#include "extract/extract_run.hpp"
#include "model/date.hpp"
#include "publish/derive_overlays.hpp"
#include "publish/manifest.hpp"
#include "publish/unite.hpp"

namespace kharita::publish {

struct BuildOptions {
    std::vector<std::filesystem::path> inputs; ///< files and folders of reports; see extract::ReportReader
    std::filesystem::path folder;              ///< where to publish; or the address of a database on a server
    std::optional<Date> date;                  ///< of control and frontlines; else the last that is known of
    std::size_t jobs = 1;
    /// Whether the build may go into a folder that no build made. Files of a person stay there in any case;
    /// of one name with ours, they are replaced.
    Overwrite foreign_folder = Overwrite::refuse;
    std::filesystem::path gazetteer; ///< a folder or compiled file; empty: that of the data folder
    std::vector<std::filesystem::path> corrections; ///< files of them, see store::read_corrections_csv()
    std::string url; ///< where the folder will be served, for style and TileJSON; empty: beside the style
};

struct BuildReport {
    bool up_to_date = false; ///< nothing was to be done
    Manifest manifest;
    std::string published; ///< the folder; of a database on a server, its name without user and password
    // The rest is of a build that was made.
    extract::ExtractCounts counts;
    UniteCounts united; ///< events of several reports that are one happening
    OverlayCounts overlays;
    std::size_t tiles = 0;
    std::size_t tiles_kept = 0;  ///< of them, those that came out as the last build had them
    std::string tiles_made_anew; ///< why none of the last build's could be taken; empty: they could
    std::size_t rejected = 0;    ///< records that could not be used
    std::size_t removed = 0;     ///< on a server: documents that the inputs do not hold any more
    std::size_t corrections = 0; ///< replayed: those of the last build's database and of files
    std::size_t digitised = 0;   ///< control areas that people drew in the last build's database
    /// Corrections that apply to nothing any more, each with the reason.
    std::vector<std::string> idle_corrections;
};

/// The whole way from reports to a published folder: extract, load, overlay, export, tile, style, verify,
/// publish.
///
/// The folder changes in one step and only when all is written and proved; equal inputs give equal files.
/// When its manifest says that it was made from just these inputs, vocabulary and settings, and its files are
/// whole, nothing is done. `set_aside` is called for each record that cannot be used, in input order.
///
/// Where `folder` is the address of a database on a server (store::is_server), that database is made to hold
/// just these reports, in one transaction: readers see it as it was before, or as it is afterwards. Documents
/// that did not change are not written again. Nothing else is published.
///
/// Throws OutputError (folder cannot be written, is a person's, or is being built), InputError when no report
/// could be read, and what the stages throw; the published folder is then as it was.
BuildReport build(BuildOptions const& options, std::filesystem::path const& data_dir,
                  std::function<void(Reject const&)> const& set_aside);

} // namespace kharita::publish
