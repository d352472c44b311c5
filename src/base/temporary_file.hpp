#pragma once

#include <filesystem>
#include <string>

namespace kharita {

/// The name of a file that is to become another. The file is removed with this object, and when the program
/// is interrupted (see remove_temporary_files_on_interrupt()); what was renamed before is none of its any
/// more.
class TemporaryFile {
public:
    /// Nothing.
    TemporaryFile() = default;
    explicit TemporaryFile(std::filesystem::path file);
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    TemporaryFile(TemporaryFile&& other) noexcept;
    TemporaryFile& operator=(TemporaryFile&& other) noexcept;
    ~TemporaryFile();

    std::filesystem::path const& path() const noexcept { return m_path; }
    bool is_set() const noexcept { return !m_path.empty(); }
    /// Says that it was renamed: nothing is removed.
    void keep() noexcept;

private:
    void remember();
    void forget() noexcept;

    std::filesystem::path m_path;
    std::size_t m_slot = no_slot; ///< where a signal finds the name

    static constexpr std::size_t no_slot = static_cast<std::size_t>(-1);
};

/// Lets SIGINT, SIGTERM and SIGHUP remove temporary files before they end the program as ever. Signals that
/// the program was started to ignore (nohup) stay ignored. Called once, by main().
void remove_temporary_files_on_interrupt();

} // namespace kharita
