#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/mapped_file.hpp"
#include "base/secrets.hpp"
#include "base/temporary_file.hpp"
#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/print.hpp"

namespace kharita::cli {

namespace {

using AddCommand = void (*)(CLI::App&, Action&);

constexpr std::array<std::pair<std::string_view, AddCommand>, 13> commands{{
    {"extract", add_extract},
    {"build", add_build},
    {"load", add_load},
    {"eval", add_eval},
    {"export", add_export},
    {"unite", add_unite},
    {"overlay", add_overlay},
    {"tile", add_tile},
    {"archive", add_archive},
    {"gazetteer", add_gazetteer},
    {"verify", add_verify},
    {"query", add_query},
    {"review", add_review},
}};

/// Declares the command that is asked for, or all where none is: a tenth of the time in which the program
/// starts would go into options of others. Says which word is no command; CLI11 would only say that it did
/// not expect it.
void add_commands(CLI::App& app, Action& action, std::span<char const* const> words) {
    auto const word = std::ranges::find_if(
        words, [](std::string_view each) { return !each.empty() && each.front() != '-'; });
    if (word == words.end()) {
        for (auto const& [name, add] : commands) {
            add(app, action);
        }
        return;
    }
    auto const command = std::ranges::find(commands, *word, &decltype(commands)::value_type::first);
    if (command == commands.end()) {
        fail<UsageError>("unknown command '{}'; kharita --help lists the commands", *word);
    }
    command->second(app, action);
}

Exit parse_and_run(int argc, char const* const* argv) {
    CLI::App app{"Kharita: conflict reporting to map layers", "kharita"};
    app.set_version_flag("--version", std::string{program_version});
    app.require_subcommand(0, 1);
    app.fallthrough();
    bool quiet = false;
    bool verbose = false;
    app.add_flag("-q,--quiet", quiet, "say only what went wrong");
    app.add_flag("-v,--verbose", verbose, "say more about what is done");

    Action action;
    add_commands(app, action, std::span{argv, static_cast<std::size_t>(argc)}.subspan(1));
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        // CLI11 has exit codes of its own; help and version are no errors, all else is a wrong command line.
        std::ostringstream out;
        std::ostringstream said;
        int const status = app.exit(error, out, said);
        if (!out.str().empty()) {
            print(out.str());
        }
        std::fputs(without_passwords(said.str()).c_str(), stderr);
        return status == 0 ? Exit::done : Exit::usage;
    }
    if (!action) {
        std::fputs(app.help().c_str(), stderr);
        return Exit::usage;
    }
    set_verbosity(quiet ? Verbosity::quiet : verbose ? Verbosity::verbose : Verbosity::normal);
    survive_cut_files();
    remove_temporary_files_on_interrupt();
    Exit const exit = action();
    require_whole_files();
    // What was printed and never asked about: a full disk is found out at the end at the latest.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        fail<OutputError>("standard output: cannot be written: {}", system_message(errno));
    }
    return exit;
}

/// What is told of an error. Of a file that was cut short while it was read, all else follows.
std::string reason_of(std::exception const& error) {
    try {
        require_whole_files();
    } catch (InputError const& cause) {
        return cause.what();
    }
    return error.what();
}

/// The one place where exceptions become messages and exit statuses.
Exit guarded(int argc, char const* const* argv) noexcept {
    try {
        try {
            return parse_and_run(argc, argv);
        } catch (UsageError const& error) {
            log_error(error.what());
            return Exit::usage;
        } catch (std::bad_alloc const&) {
            log_error("out of memory");
        } catch (std::exception const& error) {
            log_error(reason_of(error));
        }
    } catch (...) { // the message itself could not be printed
        return Exit::failed;
    }
    return Exit::failed;
}

} // namespace

} // namespace kharita::cli

int main(int argc, char** argv) {
    return static_cast<int>(kharita::cli::guarded(argc, argv));
}
