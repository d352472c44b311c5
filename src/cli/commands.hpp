#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace kharita::cli {

/// How a command ended: the program's exit status (docs: README, "Exit status").
enum class Exit : int {
    done = 0,
    failed = 1, ///< nothing could be done or written
    usage = 2,
    partly = 3, ///< at least one document, line or file was set aside, each with its reason
};

/// What the chosen command will do once the command line is understood.
using Action = std::function<Exit()>;

// Each add_<name> declares one subcommand with its options, and on being chosen puts its work into `action`;
// parsing touches nothing. One file a command: cmd_<name>.cpp.

void add_archive(CLI::App& app, Action& action);
void add_extract(CLI::App& app, Action& action);
void add_build(CLI::App& app, Action& action);
void add_eval(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_gazetteer(CLI::App& app, Action& action);
void add_load(CLI::App& app, Action& action);
void add_overlay(CLI::App& app, Action& action);
void add_query(CLI::App& app, Action& action);
void add_review(CLI::App& app, Action& action);
void add_tile(CLI::App& app, Action& action);
void add_unite(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);

} // namespace kharita::cli
