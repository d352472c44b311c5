#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/output_file.hpp"
#include "cli/gazetteer_commands.hpp"
#include "gazetteer/additions.hpp"
#include "gazetteer/index_image.hpp"
#include "gazetteer/tables.hpp"

namespace kharita::cli {

namespace {

struct BuildOptions {
    std::string output; ///< empty: beside the folder
    bool force = false;
};

Exit run_build(GazetteerOptions const& shared, BuildOptions const& options) {
    namespace fs = std::filesystem;
    fs::path const folder = gazetteer_folder(shared);
    std::error_code error;
    fs::path const places = fs::is_directory(folder / "places", error) ? folder / "places" : folder;
    fs::path const output =
        options.output.empty() ? gazetteer::compiled_file(folder) : fs::path{options.output};
    std::string bytes = gazetteer::compile_tables(places);
    bool const renew = options.force || gazetteer::is_index_file(output);
    write_file(output, bytes, renew ? Overwrite::replace : Overwrite::refuse);
    std::size_t const size = bytes.size();
    auto const image = gazetteer::IndexImage::own(std::move(bytes), output.string());
    log_info("{}: {} places, {} names, {} bytes", output.string(), image.place_count(), image.name_count(),
             size);
    return Exit::done;
}

} // namespace

void add_gazetteer_build(CLI::App& command, GazetteerOptions const& shared, Action& action) {
    auto const options = std::make_shared<BuildOptions>();
    CLI::App* const build =
        command.add_subcommand("build", "compile the tables into one file, opened at once");
    build
        ->add_option("-o,--output", options->output, "file to write (default: FOLDER.kgaz beside the folder)")
        ->type_name("FILE");
    build->add_flag("--force", options->force, "overwrite a file that is no compiled gazetteer");
    build->callback(
        [options, &shared, &action] { action = [options, &shared] { return run_build(shared, *options); }; });
}

} // namespace kharita::cli
