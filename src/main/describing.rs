//! `zhengtu completions` and `zhengtu man`: the command line described for shells and for readers. In: a shell or a command; out: its script, or a
//! manual page in roff.

use anyhow::{Context as _, Result};
use std::io::{self, Write as _};
use std::process::ExitCode;
use zhengtu::config::command_line;

/// Prints the completions for `shell`.
pub(crate) fn complete(shell: clap_complete::Shell) -> Result<ExitCode> {
    // The writer inside would panic where standard output is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command_line(), "zhengtu", &mut script);
    print(&script)
}

/// Prints the manual page of a command, or of the program.
pub(crate) fn describe(name: Option<&str>) -> Result<ExitCode> {
    let program = command_line();
    let command = match name {
        None => program,
        Some(name) => {
            let found =
                program.find_subcommand(name).with_context(|| format!("{name} is no command"))?;
            // clap wants names that live as long as the program.
            let full: &'static str = format!("zhengtu-{name}").leak();
            found.clone().name(full).bin_name(full)
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
