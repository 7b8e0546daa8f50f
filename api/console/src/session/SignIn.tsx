import { Alert, Anchor, Button, Card, Center, Group, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconArrowUpRight } from "@tabler/icons-react";
import { useState, type FormEvent } from "react";
import type { Auth, Configuration } from "./auth";

export function SignIn({ auth, sample }: { auth: Auth; sample: Configuration["sample"] }) {
  const [email, setEmail] = useState(sample?.email ?? "");
  const [password, setPassword] = useState(sample?.password ?? "");
  const [isNew, setNew] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await (isNew ? auth.signUp(email, password) : auth.signIn(email, password));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  }

  return (
    <Center mih="100dvh" p="md" component="main">
      <Card w="100%" maw={420} p="xl" shadow="sm">
        <form onSubmit={submit}>
          <Stack>
            <Group gap="sm"><span className="mark"><IconArrowUpRight size={20} aria-hidden /></span><Text fw={650} size="lg">Quiver</Text></Group>
            <div>
              <Title order={1} size="h2">{isNew ? "Create your account" : "Welcome back"}</Title>
              <Text className="muted" size="sm" mt={4}>From a conversation about your market to experiments and first meetings.</Text>
            </div>
            {problem && <Alert color="red" role="alert" title="That did not work">{problem}</Alert>}
            <TextInput label="E-mail" type="email" autoComplete="email" required value={email} onChange={(e) => setEmail(e.currentTarget.value)} />
            <PasswordInput label="Password" autoComplete={isNew ? "new-password" : "current-password"} required value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
            <Button type="submit" loading={busy} fullWidth size="md">{isNew ? "Create account" : "Sign in"}</Button>
            <Text size="sm" ta="center" className="muted">
              {isNew ? "You have an account?" : "New here?"}{" "}
              <Anchor component="button" type="button" underline="always" onClick={() => setNew(!isNew)}>{isNew ? "Sign in" : "Create an account"}</Anchor>
            </Text>
          </Stack>
        </form>
      </Card>
    </Center>
  );
}
