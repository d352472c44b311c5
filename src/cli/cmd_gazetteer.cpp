#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "base/data_dir.hpp"
#include "cli/gazetteer_commands.hpp"

namespace kharita::cli {

std::filesystem::path gazetteer_folder(GazetteerOptions const& options) {
    return options.folder.empty() ? data_dir() / "gazetteer" : std::filesystem::path{options.folder};
}

gazetteer::Gazetteer load_gazetteer(GazetteerOptions const& options) {
    return gazetteer::Gazetteer::open(gazetteer_folder(options));
}

void add_gazetteer(CLI::App& app, Action& action) {
    auto const options = std::make_shared<GazetteerOptions>();
    CLI::App* const command =
        app.add_subcommand("gazetteer", "compile the gazetteer, look places up, add places");
    command->require_subcommand(1);
    command->fallthrough();
    command
        ->add_option("--gazetteer", options->folder,
                     "folder that holds places/, or a compiled file (default: the program's own)")
        ->type_name("DIR|FILE");
    add_gazetteer_build(*command, *options, action);
    add_gazetteer_check(*command, *options, action);
    add_gazetteer_lookup(*command, *options, action);
    add_gazetteer_stats(*command, *options, action);
    add_gazetteer_import(*command, *options, action);
    add_gazetteer_export(*command, *options, action);
    // The sub-commands refer to the options: they live as long as the command line does.
    command->callback([options] {});
}

} // namespace kharita::cli
